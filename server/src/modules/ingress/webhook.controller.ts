import { All, Controller, Inject, Param, Req, Res } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { RawRequest, Verification, WebhookReply } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { HubReply, HubRequest } from '../../platform/http/hub-request.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, CONFIG, LOG, PRESENCE } from '../../platform/tokens.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { AccountTraffic, Channels, type OpenChannel } from '../channels/index.ts';
import { AcceptRaw } from './accept-raw.ts';
import { calledHost } from './called-host.ts';

type Refused = Extract<Verification, { ok: false }>;
const BAD_REQUESTS = { limit: 100, windowMs: 60_000 };

/** Every provider's webhook, whichever connector: verify → accept → answer as the provider wants it. */
@Controller('webhooks')
export class WebhookController {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
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
    const raw = this.rawOf(hook, request);
    const direct = webhook.answer?.(raw) ?? null;
    if (direct !== null) return this.answer(reply, direct);
    if (webhook.perMinute !== undefined) await this.notTooOften(`${accountId}:${request.ip}`, webhook.perMinute);
    const verification = webhook.verify(raw);
    if (!verification.ok) {
      await this.slowDown(request.ip);
      this.noteRefusal(open, verification, request.host);
      const { status, reason: body, headers = {} } = verification;
      return this.answer(reply, { status, body, headers });
    }
    await this.accept.run(open, verification.request);
    await this.answer(reply, await webhook.reply(verification.request));
  }

  private noteRefusal(
    { account, channel }: OpenChannel,
    { status, reason }: Refused,
    called: string | undefined,
  ): void {
    const channelAccountId = account._id;
    this.log.warn('A webhook was refused', { channelAccountId, status, reason });
    const isPublic = channel.webhook?.perMinute !== undefined;
    // At a door for anybody people leave things out: that says nothing about how it is set up.
    if (isPublic && status === 400) return;
    const host = calledHost(called ?? '', this.config.PUBLIC_URL);
    this.traffic.refused(channelAccountId, {
      status,
      reason,
      ...(host !== undefined && { host }),
      ...(isPublic && { public: true }),
    });
  }

  private async answer(reply: HubReply, { status, contentType, headers = {}, body }: WebhookReply): Promise<void> {
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    await reply
      .status(status)
      .type(contentType ?? 'text/plain')
      .send(body ?? '');
  }

  private async notTooOften(who: string, perMinute: number): Promise<void> {
    const turn = await this.presence.take(`webhook:${who}`, perMinute, 60_000);
    if (!turn.ok) throw new HubError('rate-limited', 'Too many at once', { retryAfterMs: turn.retryAfterMs });
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
