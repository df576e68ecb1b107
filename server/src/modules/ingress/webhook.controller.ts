import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { RawRequest } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { HubReply, HubRequest } from '../../platform/http/hub-request.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, CONFIG, LOG, PRESENCE } from '../../platform/tokens.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { Channels } from '../channels/index.ts';
import { AcceptRaw } from './accept-raw.ts';

const BAD_REQUESTS = { limit: 100, windowMs: 60_000 };

/** Every provider's webhook, whichever connector: verify → accept → answer as the provider wants it. */
@Controller('webhooks')
export class WebhookController {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @All(':accountId')
  inbound(@Param('accountId') accountId: string, @Req() request: HubRequest, @Res() reply: HubReply) {
    return this.take(accountId, '', request, reply);
  }

  @All(':accountId/:hook')
  hook(
    @Param('accountId') accountId: string,
    @Param('hook') hook: string,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ) {
    return this.take(accountId, hook, request, reply);
  }

  private async take(accountId: string, hook: string, request: HubRequest, reply: HubReply): Promise<void> {
    const open = await this.channels.open(accountId);
    if (open?.channel.webhook === undefined) throw new HubError('not-found', 'There is no webhook here');
    const { webhook } = open.channel;
    const verification = webhook.verify(this.rawOf(hook, request));
    if (!verification.ok) {
      await this.slowDown(request.ip);
      this.log.warn('A webhook was refused', {
        channelAccountId: accountId,
        status: verification.status,
        reason: verification.reason,
      });
      await reply.status(verification.status).type('text/plain').send(verification.reason);
      return;
    }
    await this.accept.run(open, verification.request);
    const answer = await webhook.reply(verification.request);
    await reply
      .status(answer.status)
      .type(answer.contentType ?? 'text/plain')
      .send(answer.body ?? '');
  }

  /** Who keeps on knocking with bad signatures waits. */
  private async slowDown(ip: string): Promise<void> {
    const turn = await this.presence.take(`bad-webhooks:${ip}`, BAD_REQUESTS.limit, BAD_REQUESTS.windowMs);
    if (!turn.ok) throw new HubError('rate-limited', 'Too many refused requests', { retryAfterMs: turn.retryAfterMs });
  }

  private rawOf(hook: string, request: HubRequest): RawRequest {
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
    );
    return {
      method: request.method,
      // What the provider called and signed, not what a proxy made of it.
      url: `${this.config.PUBLIC_URL}${request.url}`,
      hook,
      headers,
      rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      receivedAt: this.clock.now(),
    };
  }
}
