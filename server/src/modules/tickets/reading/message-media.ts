import { Inject, Injectable } from '@nestjs/common';
import type { ContentPart } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { MediaAccess } from '../../media/index.ts';
import type { StoredEntry } from '../entry.schema.ts';
import { inScope } from '../ticket-access.ts';
import type { Ticket } from '../ticket.schema.ts';

/** A file belongs to the messages that carry it: who may read the ticket of one may read the file. */
@Injectable()
export class MessageMedia {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(MediaAccess) private readonly access: MediaAccess,
  ) {
    access.grantTo((caller, mediaId) => this.mayRead(caller, mediaId));
  }

  /** Nobody gets at a file by sending it: what goes out must be the sender's to read. */
  async requireReadable(caller: Caller, parts: readonly ContentPart[]): Promise<void> {
    for (const part of parts) {
      if (part.type !== 'media' || part.media.mediaId === undefined) continue;
      await this.access.require(caller, part.media.mediaId).catch((error: unknown) => {
        if (!(error instanceof HubError && error.code === 'not-found')) throw error;
        const message = 'A file of it is not there, or not yours to send: upload it again';
        throw new HubError('invalid', message, { fields: [{ path: 'parts', message }] });
      });
    }
  }

  private async mayRead(caller: Caller, mediaId: string): Promise<boolean> {
    // A forwarded or moved file is part of a few messages, never of many.
    const carriers = await this.entries.find({ 'parts.media.mediaId': mediaId }, { ticketId: 1 }).limit(100).lean();
    const ids = [...new Set(carriers.map(({ ticketId }) => ticketId))];
    const tickets = await this.tickets.find({ _id: { $in: ids } }, { queueId: 1, assigneeId: 1 }).lean<Ticket[]>();
    return tickets.some((ticket) => inScope(caller, ticket));
  }
}
