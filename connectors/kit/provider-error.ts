import { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import type { ConnectorErrorCode } from '@switchboard/contract';
import { FetchError } from './safe-fetch.ts';
import type { FetchFailure, SafeResponse } from './safe-fetch.ts';

/** `write`: a second time would be a second effect, so "perhaps it worked" is `unknown` and not `temporary`. */
export type Effect = 'read' | 'write';

const byFailure: Record<FetchFailure, ConnectorErrorCode | 'perhaps'> = {
  forbidden: 'rejected',
  'too-large': 'rejected',
  'too-many-redirects': 'rejected',
  'never-sent': 'temporary',
  'timed-out': 'perhaps',
  broken: 'perhaps',
};

const certain = (code: ConnectorErrorCode | 'perhaps', effect: Effect): ConnectorErrorCode =>
  code === 'perhaps' ? (effect === 'write' ? 'unknown' : 'temporary') : code;

export const codeOfStatus = (status: number, effect: Effect): ConnectorErrorCode => {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 429) return 'rate-limited';
  return certain(status >= 500 || status === 408 ? 'perhaps' : 'rejected', effect);
};

/** RFC 9110 §10.2.3: seconds, or a date. Undefined where there is none or it makes no sense. */
export const retryAfterMs = (header: string | null, now: Date): number | undefined => {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

/** What a failed fetch means. Anything but a FetchError is a mistake of ours and passes as it is. */
export const asConnectorError = (error: unknown, provider: string, effect: Effect): unknown =>
  error instanceof FetchError
    ? new ConnectorError(certain(byFailure[error.failure], effect), `${provider}: ${error.message}`, { cause: error })
    : error;

/** The body, with a failure in its middle told as a ConnectorError. */
export const bodyOf = (response: SafeResponse, provider: string): Readable => {
  const read = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* response.body as AsyncIterable<Buffer>;
    } catch (error) {
      throw asConnectorError(error, provider, 'read');
    }
  };
  return Readable.from(read(), { objectMode: false });
};
