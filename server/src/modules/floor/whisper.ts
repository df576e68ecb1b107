import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, NoteEntry, Passing } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { AddNote, entryView, TicketAccess } from '../tickets/index.ts';

/** A note like any other, which its ticket's agent is shown wherever they are in the console. */
@Injectable()
export class Whisper {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(AddNote) private readonly notes: AddNote,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  async run(
    caller: Caller,
    id: string | undefined,
    { clientId, text }: Call<Api['floor.whisper']>['body'],
  ): Promise<NoteEntry> {
    const { _id, number, customerName, assigneeId } = await this.access.require(caller, id);
    if (assigneeId === null) throw new HubError('conflict', 'Nobody has this ticket: there is nobody to whisper to');
    const note = await this.notes.run(caller, _id, { clientId, text });
    const told: Passing = {
      type: 'whisper',
      ...{ ticketId: _id, number, customer: customerName, by: caller.name, text },
    };
    this.sockets.emit('/console', `agent:${assigneeId}`, 'passing', told);
    return entryView(note) as NoteEntry;
  }
}
