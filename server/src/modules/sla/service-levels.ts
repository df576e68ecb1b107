import { Inject, Injectable } from '@nestjs/common';
import { OPENING_HOURS, type ClockKind } from '@switchboard/contract';
import { always, Calendars, type Calendar } from '../calendars/index.ts';
import { Customers } from '../customers/index.ts';
import { Organisations } from '../organisation/index.ts';
import { startClock, wholeClock, finishClock, type ServiceClock } from './clocks/service-clock.ts';
import {
  aimed,
  clockKinds,
  clocksAfter,
  nextEscalation,
  rulesOf,
  type Clocked,
  type Clocks,
  type ServiceRules,
} from './clocks/ticket-clocks.ts';
import { matchPolicy, type Matched } from './policies/match-policy.ts';
import type { StoredPolicy } from './policies/policy.schema.ts';
import { Policies } from './policies/policies.ts';

/** What service levels know of a ticket. */
export interface Promised extends Clocked, Omit<Matched, 'attributes'> {
  customerId: string;
  createdAt: Date;
  resolvedAt: Date | null;
  /** null: none fits. Missing in tickets from before there were policies. */
  policyId?: string | null;
  /** When a clock next warns or breaches. */
  escalateAt: Date | null;
}
type Patch = Partial<Pick<Promised, ClockKind | 'policyId' | 'escalateAt'>>;

const noRules: ServiceRules = {
  calendar: always,
  targets: { firstResponse: null, nextResponse: null, resolution: null },
  pauseWhilePending: 'resolution',
  warnBefore: null,
};

/** The clocks of tickets, as their policies have them. */
@Injectable()
export class ServiceLevels {
  constructor(
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Customers) private readonly customers: Customers,
  ) {}

  /** What a change does to the clocks besides. Most messages do nothing to them and cost a few comparisons. */
  async after(before: Promised, patch: Partial<Promised>, at: Date): Promise<Patch> {
    const ticket = { ...before, ...patch };
    const rematch = asksAnew(before, ticket);
    if (!rematch && !movesClocks(before, ticket)) return {};
    const policy = rematch ? await this.policyFor(ticket) : await this.policyOf(ticket);
    const rules = await this.rulesOf(policy);
    const clocks = clocksAfter({ before: { ...before, ...clocksOf(ticket, rules) }, after: ticket, at, rules });
    return promisesOf(policy, rematch ? aimed(clocks, rules, at) : clocks, ticket);
  }

  /** What its clocks would be if its policy were looked for now. */
  async anew(ticket: Promised, at: Date): Promise<Required<Patch> & { policy: StoredPolicy | null }> {
    const policy = await this.policyFor(ticket);
    const rules = await this.rulesOf(policy);
    return { policy, ...promisesOf(policy, aimed(clocksOf(ticket, rules), rules, at), ticket) };
  }

  /** When its clocks, as they are, next warn or breach. */
  async marked(ticket: Promised): Promise<Pick<Promised, 'escalateAt'>> {
    const policy = await this.policyOf(ticket);
    const { escalateAt } = promisesOf(policy, clocksOf(ticket, await this.rulesOf(policy)), ticket);
    return { escalateAt };
  }

  /** The policy that fits a ticket now. */
  async policyFor(
    ticket: Pick<Promised, 'queueId' | 'priority' | 'tags' | 'customerId'>,
  ): Promise<StoredPolicy | null> {
    const policies = await this.policies.all();
    const asksCustomer = policies.some(({ active, when }) => active && when.attributes.length > 0);
    const customer = asksCustomer ? await this.customers.byId(ticket.customerId) : null;
    return matchPolicy(policies, { ...ticket, attributes: customer?.attributes ?? {} });
  }

  /** The one whose promises a ticket's clocks tell. */
  async policyOf({ policyId }: Pick<Promised, 'policyId'>): Promise<StoredPolicy | null> {
    return policyId == null ? null : this.policies.byId(policyId);
  }

  /** What a queue promises to anybody. */
  async firstResponseMs(queueId: string): Promise<number | null> {
    const anybody: Matched = { queueId, priority: 'normal', tags: [], attributes: {} };
    const policy = matchPolicy(await this.policies.all(), anybody);
    return (await this.rulesOf(policy)).targets.firstResponse;
  }

  async rulesOf(policy: StoredPolicy | null): Promise<ServiceRules> {
    if (policy === null) return noRules;
    const ms = (minutes: number | null | undefined) => (minutes == null || minutes === 0 ? null : minutes * 60_000);
    const { firstResponse, nextResponse, resolution } = policy.targets;
    return {
      calendar: await this.calendarOf(policy),
      targets: { firstResponse: ms(firstResponse), nextResponse: ms(nextResponse), resolution: ms(resolution) },
      pauseWhilePending: policy.pauseWhilePending,
      warnBefore: policy.warnBefore,
    };
  }

  private async calendarOf({ calendarId }: StoredPolicy): Promise<Calendar | null> {
    if (calendarId === null) return always;
    return calendarId === OPENING_HOURS ? this.organisations.calendar() : this.calendars.byId(calendarId);
  }
}

function promisesOf(policy: StoredPolicy | null, clocks: Clocks, { status }: Promised): Required<Patch> {
  const next = nextEscalation(clocks, status, policy !== null && policy.warnBefore !== null);
  return { ...clocks, policyId: policy?._id ?? null, escalateAt: next?.at ?? null };
}

/** Its policy has to be found anew: it is new, or what policies ask for has changed. */
function asksAnew(before: Promised, ticket: Promised): boolean {
  return (
    ticket.policyId === undefined ||
    ticket.policyId !== before.policyId ||
    ticket.queueId !== before.queueId ||
    ticket.priority !== before.priority ||
    ticket.tags !== before.tags ||
    ticket.customerId !== before.customerId
  );
}

function movesClocks(before: Promised, ticket: Promised): boolean {
  return (
    ticket.status !== before.status ||
    ticket.replyCount !== before.replyCount ||
    (before.waitingSince === null) !== (ticket.waitingSince === null) ||
    clockKinds.some((kind) => ticket[kind] !== before[kind])
  );
}

/** A ticket's first change finds no clocks yet; tickets from before have some without their spells. */
function clocksOf(ticket: Promised, rules: ServiceRules): Record<ClockKind, ServiceClock | null> {
  return {
    firstResponse: ticket.firstResponse && wholeClock(ticket.firstResponse),
    nextResponse: ticket.nextResponse && wholeClock(ticket.nextResponse),
    resolution: ticket.resolution ? wholeClock(ticket.resolution) : resolutionOf(ticket, rules),
  };
}

function resolutionOf({ createdAt, resolvedAt }: Promised, rules: ServiceRules): ServiceClock {
  const own = rulesOf('resolution', rules);
  const clock = startClock(createdAt, own);
  return resolvedAt === null ? clock : finishClock(clock, resolvedAt, own);
}
