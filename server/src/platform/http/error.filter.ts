import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ApiError } from '@switchboard/contract';
import { HubError } from '../errors/hub-error.ts';
import type { NewId } from '../clock/clock.ts';
import type { Log } from '../log/log.ts';
import { LOG, NEW_ID } from '../tokens.ts';
import type { HubReply, HubRequest } from './hub-request.ts';

/** One shape for every refusal; our own faults get an id that names them in the log. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOG) private readonly log: Log,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<HubReply>();
    const request = host.switchToHttp().getRequest<HubRequest>();
    const errorId = this.newId();
    const { status, body, retryAfterMs } = describe(error, errorId);
    // Who is asked to come again is no fault: whoever asks them to says so once, not for each of them.
    if (status >= 500 && retryAfterMs === undefined)
      this.log.error('A request failed', { errorId, method: request.method, url: request.url.split('?')[0], error });
    if (retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
    void reply.status(status).send(body);
  }
}

const codes: Record<number, string> = { 404: 'not-found', 413: 'too-large', 429: 'rate-limited' };

function describe(error: unknown, errorId: string): { status: number; body: ApiError; retryAfterMs?: number } {
  if (error instanceof HubError) {
    const { code, message, fields, current, retryAfterMs } = error;
    const body = {
      error: {
        code,
        message,
        errorId,
        ...(fields && { fields: [...fields] }),
        ...(current !== undefined && { current }),
      },
    };
    return { status: error.status, body, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  // Fastify's own refusals (body too large, bad JSON) and Nest's (no such route) say their status.
  const status =
    error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number }).statusCode ?? 500);
  if (status >= 500)
    return {
      status: 500,
      body: {
        error: {
          code: 'internal',
          message: 'Something went wrong on our side. Try again; if it stays, give this id to who runs the hub.',
          errorId,
        },
      },
    };
  return { status, body: { error: { code: codes[status] ?? 'invalid', message: (error as Error).message, errorId } } };
}
