import { Controller, Headers, Inject, Options, Post, Query, Req, Res } from '@nestjs/common';
import { VisitorUpload } from '@switchboard/contract';
import type { z } from 'zod';
import type { NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { HubReply, HubRequest } from '../../platform/http/hub-request.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { NEW_ID, PRESENCE } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { UploadMedia } from '../media/index.ts';
import { VisitorRights } from './visitor-rights.ts';

const UPLOADS = { limit: 20, windowMs: 60_000 };

/** A visitor's file, handed in before the message that names it. The widget stands on other origins: CORS, with a token, no cookie. */
@Controller('visitor/media')
export class VisitorMediaController {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(UploadMedia) private readonly files: UploadMedia,
    @Inject(VisitorRights) private readonly rights: VisitorRights,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  @Options()
  preflight(@Res() reply: HubReply): void {
    void reply
      .headers({
        ...cors,
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': '86400',
      })
      .status(204)
      .send();
  }

  @Post()
  async upload(
    @Query('account') account: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @Headers('origin') origin: string | undefined,
    @Req() request: HubRequest,
    @Res({ passthrough: true }) reply: HubReply,
  ): Promise<z.infer<typeof VisitorUpload>> {
    void reply.headers(cors);
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    const open = await this.channels.open(account ?? '');
    if (open?.channel.visitors === undefined) throw new HubError('not-found', 'There is no such chat');
    const admission =
      token === undefined
        ? null
        : open.channel.visitors.admit({ account: open.account._id, token }, origin, this.newId);
    if (admission === null || !admission.ok)
      throw new HubError('unauthenticated', 'The chat’s token is missing or wrong');
    const turn = await this.presence.take(`uploads:${admission.visitorId}`, UPLOADS.limit, UPLOADS.windowMs);
    if (!turn.ok) throw new HubError('rate-limited', 'Too many files at once', { retryAfterMs: turn.retryAfterMs });
    const upload = await this.files.run(request);
    await this.rights.uploaded({ accountId: open.account._id, visitorId: admission.visitorId }, upload.mediaId);
    return upload;
  }
}

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST' };
