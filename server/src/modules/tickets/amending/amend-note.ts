import { Inject, Injectable } from '@nestjs/common';
import { whyNoteNotChanged } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { authorOf, type Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { ChangeMessage, type Changes } from '../changing/change-message.ts';
import type { StoredEntry, StoredNote } from '../entry.schema.ts';
import { previewAfter } from '../preview.ts';
import { TicketAccess } from '../ticket-access.ts';
import { withVersion } from './amendments.ts';

/** A note is its writer's to edit and delete: nobody outside has it, so it is done at once. */
@Injectable()
export class AmendNote {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async edit(
    caller: Caller,
    params: Record<string, string>,
    { clientId, text }: { clientId: string; text: string },
  ): Promise<StoredNote> {
    const note = await this.note(caller, params);
    if (note.text !== text || note.deletedAt) {
      requireAllowed('edit', note, caller);
      return this.become(caller, note, text, `note-edit:${note._id}:${clientId}`);
    }
    await this.record(note);
    return note;
  }

  async delete(caller: Caller, params: Record<string, string>): Promise<StoredNote> {
    const note = await this.note(caller, params);
    if (!note.deletedAt) {
      requireAllowed('delete', note, caller);
      return this.become(caller, note, null);
    }
    await this.record(note);
    return note;
  }

  private async note(caller: Caller, { id, entryId }: Record<string, string>): Promise<StoredNote> {
    const ticket = await this.access.require(caller, id);
    const note = await this.entries
      .findOne({ _id: entryId ?? '', ticketId: ticket._id, type: 'note' })
      .lean<StoredNote>();
    if (note === null) throw new HubError('not-found', 'There is no such note');
    return note;
  }

  private async become(
    caller: Caller,
    { _id }: StoredNote,
    text: string | null,
    onceKey?: string,
  ): Promise<StoredNote> {
    const at = this.clock.now();
    // One from before notes could be changed has no mark that a change goes by.
    await this.entries.updateOne({ _id, changedSeq: null }, { $set: { changedSeq: 0 } });
    const parts = text === null ? null : [{ type: 'text' as const, text }];
    await this.change.note(
      _id,
      (now, ticket) =>
        now.deletedAt || now.text === text
          ? null
          : { changes: changesOf(now, text, caller, at), patch: previewAfter(ticket, now, parts) },
      onceKey,
    );
    const note = (await this.entries.findById(_id).lean<StoredNote>()) as StoredNote;
    await this.record(note);
    return note;
  }

  /** Its last change. Also when that is asked for again: the process that made it may have been killed before it came to this. */
  private async record({ _id, ticketId, changedSeq, deletedBy, editedBy }: StoredNote): Promise<void> {
    const caller = deletedBy ?? editedBy;
    const of = caller && (await this.entries.findOne({ ticketId, seq: changedSeq }).lean<StoredEntry>());
    if (!of) return;
    const action = deletedBy ? 'note.deleted' : 'note.edited';
    await this.audit.record({ caller, action, subject: _id, detail: { ticketId }, of });
  }
}

function requireAllowed(kind: 'edit' | 'delete', note: StoredNote, caller: Caller): void {
  const reason = whyNoteNotChanged(kind, note, caller);
  if (reason !== null) throw new HubError(note.deletedAt ? 'conflict' : 'forbidden', reason);
}

function changesOf({ versions, text: before }: StoredNote, text: string | null, caller: Caller, at: Date): Changes {
  const by = authorOf(caller);
  if (text === null)
    return [
      { path: 'deletedAt', value: at },
      { path: 'deletedBy', value: by },
    ];
  const said = { parts: [{ type: 'text' as const, text: before }], ...(versions && { versions }) };
  return [
    { path: 'text', value: text },
    { path: 'editedAt', value: at },
    { path: 'editedBy', value: by },
    { path: 'versions', value: withVersion(said, at, by) },
  ];
}
