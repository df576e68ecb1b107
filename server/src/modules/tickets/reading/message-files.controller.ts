import { Controller, Inject, Res } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller, HubReply } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { RawStore } from '../../ingress/index.ts';
import { MediaLinks } from '../../media/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { htmlPage } from './html-page.ts';
import { TicketAccess } from '../ticket-access.ts';

const LINK_MS = 10 * 60_000;

/** A message as its sender made it: the html in a sandbox, the raw bytes as a download. */
@Controller()
export class MessageFilesController {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(MediaLinks) private readonly links: MediaLinks,
  ) {}

  @Operation('messages.html')
  async html(
    @CalledBy() caller: Caller,
    @Asked('messages.html') { params, query }: Call<Api['messages.html']>,
    @Res() reply: HubReply,
  ): Promise<void> {
    const message = await this.message(caller, params);
    const page = htmlPage(message.parts, {
      images: query.images === '1',
      theme: query.theme,
      link: (mediaId) => this.links.sign(mediaId, LINK_MS),
    });
    // A survey's addresses are its customer's alone.
    if (page === null || message.automatic === 'survey') throw new HubError('not-found', 'This message has no html');
    await reply.headers(page.headers).type('text/html; charset=utf-8').send(page.html);
  }

  @Operation('messages.raw')
  async raw(
    @CalledBy() caller: Caller,
    @Asked('messages.raw') { params }: Call<Api['messages.raw']>,
    @Res() reply: HubReply,
  ): Promise<void> {
    const { rawRef, _id } = await this.message(caller, params);
    if (rawRef === undefined) throw new HubError('not-found', 'The raw message is not kept');
    const { rawBody } = await this.raws.load(rawRef);
    await reply
      .header('content-disposition', `attachment; filename="message-${_id}.txt"`)
      .type('application/octet-stream')
      .send(rawBody);
  }

  private async message(caller: Caller, params: Record<string, string>): Promise<StoredMessage> {
    const ticket = await this.access.require(caller, params['id']);
    const message = await this.entries
      .findOne({ _id: params['entryId'], ticketId: ticket._id, type: 'message' })
      .lean<StoredMessage>();
    if (message === null) throw new HubError('not-found', 'There is no such message');
    return message;
  }
}
