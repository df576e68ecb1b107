import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model, QueryFilter } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../platform/tokens.ts';
import { clockKinds, ServiceLevels, type Promised } from '../sla/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';

const TAKE_UP = 'take-up-policies';
/** Longer than a process may hold an old copy of the policies: what it made of a ticket meanwhile is made good. */
const AGAIN_MS = 40_000;
const PAGE = 200;
/** Whatever the clocks of the processes say. */
const AT_ONCE = new Date(0);
const Data = z.object({});

/** After a change of policies, calendars or customers the open tickets promise what they would if they were opened now. */
@Injectable()
export class TakeUpPolicies implements OnModuleInit {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(ServiceLevels) private readonly levels: ServiceLevels,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(TAKE_UP, async ({ data }) => {
      Data.parse(data);
      await this.everywhere();
    });
  }

  async soon(): Promise<void> {
    await this.jobs.schedule({ name: TAKE_UP, key: 'now', dueAt: AT_ONCE, data: {} });
    const again = new Date(this.clock.now().getTime() + AGAIN_MS);
    await this.jobs.schedule({ name: TAKE_UP, key: 'again', dueAt: again, data: {} });
  }

  async everywhere(): Promise<void> {
    for (const filter of [{ active: true }, { status: 'snoozed' as const }]) await this.walk(filter);
  }

  ofCustomer(customerId: string): Promise<void> {
    return this.walk({ customerId });
  }

  /** From the latest change to the oldest: what is changed on the way moves to the front, behind the walker. */
  private async walk(filter: QueryFilter<Ticket>): Promise<void> {
    for (let before: Pick<Ticket, 'updatedAt' | '_id'> | null = null; ;) {
      const page: Ticket[] = await this.tickets
        .find({ $and: [filter, ...(before === null ? [] : [olderThan(before)])] })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(PAGE)
        .lean<Ticket[]>();
      for (const ticket of page) if (ticket.status !== 'resolved') await this.takeUp(ticket);
      before = page.at(-1) ?? null;
      if (page.length < PAGE || before === null) return;
    }
  }

  private async takeUp(read: Ticket): Promise<void> {
    // Most are as they should be: no need to look a second time.
    if (samePromises(await this.levels.anew(read, this.clock.now()), read)) return;
    let wanted: Awaited<ReturnType<ServiceLevels['anew']>> | null = null;
    let from: string | null = null;
    await this.append.to(
      read._id,
      (ticket) => {
        if (wanted === null || ticket.status === 'resolved' || samePromises(wanted, ticket)) return null;
        const { policy, ...patch } = wanted;
        const author = { kind: 'system', id: null, name: 'Switchboard' } as const;
        const to = policy?.name ?? null;
        return {
          topic: 'ticket.changed',
          entry: { type: 'event', author, event: 'service-level.changed', from, to },
          patch,
        };
      },
      async (ticket) => {
        wanted = await this.levels.anew(ticket, this.clock.now());
        from = (await this.levels.policyOf(ticket))?.name ?? null;
      },
    );
  }
}

const olderThan = ({ updatedAt, _id }: Pick<Ticket, 'updatedAt' | '_id'>): QueryFilter<Ticket> => ({
  updatedAt: { $lte: updatedAt },
  $or: [{ updatedAt: { $lt: updatedAt } }, { updatedAt, _id: { $lt: _id } }],
});

/** What a customer was promised; that a clock counts on is no other promise. */
function samePromises(wanted: Partial<Promised>, ticket: Partial<Promised>): boolean {
  if (wanted.policyId !== (ticket.policyId ?? null)) return false;
  return clockKinds.every((kind) => {
    const [one, other] = [wanted[kind], ticket[kind]];
    const same = (a?: Date | null, b?: Date | null) => (a?.getTime() ?? null) === (b?.getTime() ?? null);
    return same(one?.dueAt, other?.dueAt) && same(one?.warnAt, other?.warnAt) && one?.targetMs === other?.targetMs;
  });
}
