import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { Api, Call, MediaView } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller, HubReply, HubRequest } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { MediaAccess } from './media-access.ts';
import { MediaLinks } from './media-links.ts';
import { SendMedia } from './send-media.ts';
import { UploadMedia } from './upload-media.ts';

@Controller()
export class MediaController {
  constructor(
    @Inject(UploadMedia) private readonly upload: UploadMedia,
    @Inject(SendMedia) private readonly send: SendMedia,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(MediaAccess) private readonly access: MediaAccess,
  ) {}

  @Operation('media.upload')
  take(@CalledBy() caller: Caller, @Req() request: HubRequest): Promise<MediaView> {
    return this.upload.run(request, caller.id);
  }

  @Operation('media.read')
  async read(
    @CalledBy() caller: Caller,
    @Asked('media.read') { params }: Call<Api['media.read']>,
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const mediaId = params['id'] ?? '';
    await this.access.require(caller, mediaId);
    return this.send.run(mediaId, request, reply);
  }

  /** For whoever was given the signed link. */
  @Get('media/:id')
  async open(
    @Param('id') id: string,
    @Query() asked: { exp?: string; sig?: string },
    @Req() request: HubRequest,
    @Res() reply: HubReply,
  ): Promise<void> {
    const link = this.links.verify(id, { exp: String(asked.exp ?? ''), sig: String(asked.sig ?? '') });
    if (link === 'forged') throw new HubError('forbidden', 'This link is not complete: copy all of it');
    if (link === 'expired') throw new HubError('forbidden', 'This link is too old: ask for a new one');
    // Shown on other people's pages, and in the sandbox of a mail, whose origin is none.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    return this.send.run(id, request, reply);
  }
}
