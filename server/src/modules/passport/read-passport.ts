import { Inject, Injectable } from '@nestjs/common';
import type { MessagePassport } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Decisions } from '../routing/index.ts';
import { FindAssignment, messageView, Threads, TicketAccess, type StoredMessage } from '../tickets/index.ts';

/** All that is known of one message's way, from what each step has left. */
@Injectable()
export class ReadPassport {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(FindAssignment) private readonly assignments: FindAssignment,
    @Inject(Decisions) private readonly decisions: Decisions,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, entryId: string | undefined): Promise<MessagePassport> {
    const ticket = await this.access.require(caller, ticketId);
    const message = await this.threads.message(entryId ?? '');
    if (message?.ticketId !== ticket._id) throw new HubError('not-found', 'There is no such message');
    const { passport } = messageView(message);
    if (message.direction === 'out')
      return { passport, duplicates: null, assignment: null, routing: null, hasRaw: false };
    const given = await this.assignments.of(message);
    return {
      passport: { ...(given && { assignedAt: given.view.at }), ...passport },
      duplicates: duplicatesOf(message),
      assignment: given?.view ?? null,
      routing: await this.decisions.of(given?.entryId ?? ticket._id),
      hasRaw: message.rawRef !== undefined,
    };
  }
}

function duplicatesOf({ duplicates, lastDuplicate }: StoredMessage): MessagePassport['duplicates'] {
  if (duplicates === 0) return null;
  return {
    count: duplicates,
    ...(lastDuplicate && { lastAt: lastDuplicate.at.toISOString() }),
    ...(lastDuplicate?.traceId !== undefined && { lastTraceId: lastDuplicate.traceId }),
  };
}
