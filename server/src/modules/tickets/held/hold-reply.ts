import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { authorOf, type Caller } from '../../../platform/http/hub-request.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import { AppendEntry, type Change } from '../changing/append-entry.ts';
import { CheckReply, onceKeyOf } from '../answering/check-reply.ts';
import type { StoredHeld } from '../entry.schema.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';
import { requireWithinAYear } from './held-times.ts';
import { releaseJob } from './release-held.ts';

type Wanted = Call<Api['held.create']>['body'];

/** A reply that goes out when its time comes, and can be taken back until then. */
@Injectable()
export class HoldReply {
  constructor(
    @Inject(CheckReply) private readonly check: CheckReply,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, wanted: Wanted): Promise<StoredHeld> {
    const until = this.untilOf(wanted);
    const thread = await this.check.sendable(caller, ticketId, wanted, until);
    const appended = await this.append.to(
      thread.ticketId,
      (ticket) => this.plan(caller, thread, wanted, until, ticket),
      this.check.seen(caller, wanted),
    );
    if (!appended.ok && appended.reason === 'moot') throw new HubError('conflict', 'The ticket can’t take a reply now');
    const held = appended.entry;
    if (held.type !== 'held') throw new HubError('conflict', 'This reply has gone out already');
    // Also for one that is known: the first try may have been cut off here. The sweep is the net below both.
    if (held.state === 'waiting') await this.jobs.schedule(releaseJob(held));
    return held;
  }

  private untilOf({ hold }: Wanted): Date {
    const now = this.clock.now();
    if (hold.kind === 'undo') return new Date(now.getTime() + hold.seconds * 1000);
    const until = new Date(hold.until);
    requireWithinAYear(until, now, 'hold.until');
    return until;
  }

  private plan(caller: Caller, thread: Thread, wanted: Wanted, until: Date, ticket: Ticket): Change {
    const { clientId, parts, subject, cc, thenStatus, hold } = wanted;
    return {
      topic: 'held.changed',
      entry: {
        type: 'held',
        onceKey: onceKeyOf(clientId),
        author: authorOf(caller),
        channel: thread.channel,
        channelAccountId: thread.channelAccountId,
        threadId: thread._id,
        clientId,
        parts,
        kind: hold.kind,
        until,
        unlessCustomerWrites: hold.kind === 'later' && hold.unlessCustomerWrites,
        state: 'waiting',
        changedSeq: 0,
        ...(subject !== undefined && { subject }),
        ...(cc !== undefined && { cc }),
        ...(thenStatus !== undefined && { thenStatus }),
      },
      patch: hold.kind === 'later' ? { scheduled: (ticket.scheduled ?? 0) + 1 } : {},
    };
  }
}
