import { Inject, Injectable } from '@nestjs/common';
import type { EarlierVersion } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { StoredEntry, StoredMessage, StoredNote } from '../entry.schema.ts';
import { TicketAccess } from '../ticket-access.ts';

const MOST = 200;

/** What was edited or deleted, as it was: for who wrote it, and supervisors. */
@Injectable()
export class ReadVersions {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
  ) {}

  async of(caller: Caller, { id, entryId }: Record<string, string>): Promise<EarlierVersion[]> {
    const ticket = await this.access.require(caller, id);
    const entry = await this.entries.findOne({ _id: entryId ?? '', ticketId: ticket._id }).lean<StoredEntry>();
    if (entry?.type !== 'message' && entry?.type !== 'note')
      throw new HubError('not-found', 'There is no such message or note');
    if (caller.role === 'agent' && entry.author.id !== caller.id)
      throw new HubError('forbidden', 'What it said before is for who wrote it, and supervisors');
    return [...(entry.versions ?? []), ...lastOf(entry)].slice(-MOST).map(({ parts, until, by }) => ({
      text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
      until: until.toISOString(),
      by,
    }));
  }
}

/** The words that a deletion took away are the last that it had. */
function lastOf(entry: StoredMessage | StoredNote): NonNullable<StoredNote['versions']> {
  if (!entry.deletedAt) return [];
  const parts = entry.type === 'note' ? [{ type: 'text' as const, text: entry.text }] : entry.parts;
  return [{ parts, until: entry.deletedAt, by: entry.deletedBy ?? entry.author }];
}
