import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import type { StoredHeld } from '../entry.schema.ts';
import { TicketAccess } from '../ticket-access.ts';
import { ChangeHeld, heldChange } from './change-held.ts';
import { requireWithinAYear } from './held-times.ts';
import { ReleaseHeld, releaseJob } from './release-held.ts';

type Wanted = Call<Api['held.update']>['body'];

/** Another time for a reply that is scheduled, or now. */
@Injectable()
export class RescheduleHeld {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ChangeHeld) private readonly change: ChangeHeld,
    @Inject(ReleaseHeld) private readonly release: ReleaseHeld,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(
    caller: Caller,
    ticketId: string | undefined,
    heldId: string | undefined,
    { until, unlessCustomerWrites }: Wanted,
  ): Promise<StoredHeld> {
    const ticket = await this.access.require(caller, ticketId);
    const held = await this.change.require(ticket._id, heldId);
    if (until !== undefined && new Date(until) <= this.clock.now())
      throw new HubError('invalid', 'Choose a time to come', {
        fields: [{ path: 'until', message: 'A time to come' }],
      });
    if (until !== undefined) requireWithinAYear(new Date(until), this.clock.now(), 'until');
    const set = {
      ...(until !== undefined && { until: new Date(until) }),
      ...(unlessCustomerWrites !== undefined && { unlessCustomerWrites }),
    };
    const appended = await this.change.run(held._id, (now) =>
      now.state === 'waiting' && now.kind === 'later' ? heldChange(now, set) : null,
    );
    if (!appended?.ok) throw new HubError('conflict', 'It does not wait any more');
    const after = await this.change.require(ticket._id, held._id);
    if (after.state === 'waiting') await this.jobs.schedule(releaseJob(after));
    return after;
  }

  async now(caller: Caller, ticketId: string | undefined, heldId: string | undefined): Promise<StoredHeld> {
    const ticket = await this.access.require(caller, ticketId);
    const held = await this.change.require(ticket._id, heldId);
    await this.release.run(held._id, true);
    const after = await this.change.require(ticket._id, held._id);
    if (after.state !== 'released')
      throw new HubError('conflict', after.returned?.why === 'blocked' ? after.returned.words : 'It came back before');
    return after;
  }
}
