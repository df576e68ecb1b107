import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { authorOf, type Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import type { StoredNote } from '../entry.schema.ts';
import { previewOf } from '../preview.ts';
import { TicketAccess } from '../ticket-access.ts';

@Injectable()
export class AddNote {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(
    caller: Caller,
    ticketId: string | undefined,
    { clientId, text }: Call<Api['tickets.note']>['body'],
  ): Promise<StoredNote> {
    const ticket = await this.access.require(caller, ticketId);
    const at = this.clock.now();
    const appended = await this.append.to(ticket._id, () => ({
      topic: 'note.added',
      entry: {
        type: 'note',
        at,
        onceKey: `note:${clientId}`,
        author: authorOf(caller),
        text,
        clientId,
        changedSeq: 0,
      },
      patch: { preview: { text: previewOf([{ type: 'text', text }]), from: 'note', at } },
    }));
    if (!appended.ok && appended.reason === 'moot') throw new HubError('conflict', 'The ticket can’t take a note now');
    return appended.entry as StoredNote;
  }
}
