import type { ClockKind, TicketStatus } from '@switchboard/contract';
import type { Calendar } from '../../calendars/index.ts';
import {
  aimClock,
  finishClock,
  isRunning,
  pauseClock,
  reopenClock,
  resumeClock,
  startClock,
  type ClockRules,
  type ServiceClock,
} from './service-clock.ts';

export type Clocks = Record<ClockKind, ServiceClock | null>;
/** What of a ticket moves its clocks. */
export interface Clocked extends Clocks {
  status: TicketStatus;
  /** Begin of the customer's turn that nobody has answered. */
  waitingSince: Date | null;
  replyCount: number;
}

/** What a policy promises; without one there are no targets, but what is measured still is. */
export interface ServiceRules {
  readonly calendar: Calendar | null;
  /** ms */
  readonly targets: Record<ClockKind, number | null>;
  readonly pauseWhilePending: 'none' | 'resolution' | 'all';
  readonly warnBefore: { readonly unit: 'percent' | 'minutes'; readonly value: number } | null;
}

export const clockKinds = ['firstResponse', 'nextResponse', 'resolution'] as const satisfies readonly ClockKind[];
/** Where the policy warns nobody, its clocks still look tense at three quarters. */
const USUAL_WARNING = { unit: 'percent', value: 25 } as const;

export function rulesOf(kind: ClockKind, { calendar, targets, warnBefore }: ServiceRules): ClockRules {
  const targetMs = targets[kind];
  const { unit, value } = warnBefore ?? USUAL_WARNING;
  const warnBeforeMs = unit === 'minutes' ? value * 60_000 : Math.round(((targetMs ?? 0) * value) / 100);
  return { calendar, targetMs, warnBeforeMs };
}

type Step = (clock: ServiceClock, at: Date, rules: ClockRules) => ServiceClock;
interface Change {
  readonly before: Clocked;
  readonly after: Omit<Clocked, ClockKind>;
  readonly at: Date;
  readonly rules: ServiceRules;
}

/** The clocks after a change of their ticket. What the change does not concern stays the very same object. */
export function clocksAfter(change: Change): Clocks {
  const resolution = resolutionAfter(change);
  return { firstResponse: firstAfter(change), nextResponse: nextAfter(change), resolution };
}

/** Those that are open as if the rules had held from the start; what is done was done under the rules of its time. */
export function aimed(clocks: Clocks, rules: ServiceRules, at: Date): Clocks {
  const aim = (kind: ClockKind) => {
    const clock = clocks[kind];
    return clock === null || clock.doneAt !== null ? clock : aimClock(clock, rulesOf(kind, rules), at);
  };
  return { firstResponse: aim('firstResponse'), nextResponse: aim('nextResponse'), resolution: aim('resolution') };
}

/** The customer's turn began with this change: since when. A ticket that is reopened begins one as well. */
const turnOf = ({ before, after }: Change): Date | null => (before.waitingSince === null ? after.waitingSince : null);

function firstAfter(change: Change): ServiceClock | null {
  const { before, rules } = change;
  const turn = turnOf(change);
  const { firstResponse: clock } = before;
  // What nobody ever answered before it was resolved is a new question when it comes up again.
  const begins = turn !== null && (clock === null || (clock.doneAt === null && before.status === 'resolved'));
  const begun = begins ? startClock(turn, rulesOf('firstResponse', rules)) : clock;
  return begun && answered('firstResponse', begun, change);
}

/** Of each turn after the first answer; of the first one, too, where a policy promises nothing else for it. */
function nextAfter(change: Change): ServiceClock | null {
  const { before, rules } = change;
  const turn = turnOf(change);
  const covered = before.firstResponse?.doneAt == null && rules.targets.firstResponse !== null;
  const begun = turn !== null && !covered ? startClock(turn, rulesOf('nextResponse', rules)) : before.nextResponse;
  return begun && answered('nextResponse', begun, change);
}

function answered(kind: ClockKind, clock: ServiceClock, { before, after, at, rules }: Change): ServiceClock {
  if (after.replyCount > before.replyCount) return finishClock(clock, at, rulesOf(kind, rules));
  const step = rules.pauseWhilePending === 'all' ? pendingStep(before.status, after.status) : null;
  return step === null ? clock : step(clock, at, rulesOf(kind, rules));
}

/** From the opening until it is resolved. */
function resolutionAfter({ before, after, at, rules }: Change): ServiceClock | null {
  const clock = before.resolution;
  if (clock === null) return null;
  const own = rulesOf('resolution', rules);
  if (after.status === before.status) return clock;
  if (after.status === 'resolved') return finishClock(clock, at, own);
  const reopened = before.status === 'resolved' ? reopenClock(clock, at, own) : clock;
  const step = rules.pauseWhilePending === 'none' ? null : pendingStep(before.status, after.status);
  return step === null ? reopened : step(reopened, at, own);
}

function pendingStep(before: TicketStatus, after: TicketStatus): Step | null {
  if (before === after) return null;
  if (after === 'pending') return pauseClock;
  return before === 'pending' ? resumeClock : null;
}

/** A ticket that is resolved has no promise left to break; one that stands still breaks none. */
const mayEscalate = (kind: ClockKind, clock: ServiceClock | null, status: TicketStatus): clock is ServiceClock =>
  clock !== null && isRunning(clock) && (status !== 'resolved' || kind === 'resolution');

export interface Escalation {
  readonly kind: ClockKind;
  readonly step: 'warned' | 'breached';
  readonly at: Date;
}

/** What comes next: the earliest warning or end of a target that nobody has been told of. */
export function nextEscalation(clocks: Clocks, status: TicketStatus, warns: boolean): Escalation | null {
  const coming = clockKinds.flatMap((kind): Escalation[] => {
    const clock = clocks[kind];
    if (!mayEscalate(kind, clock, status) || clock.breachedAt !== null) return [];
    const { warnAt, warnedAt, dueAt } = clock;
    return [
      ...(warns && warnedAt === null && warnAt !== null ? [{ kind, step: 'warned', at: warnAt } as const] : []),
      ...(dueAt !== null ? [{ kind, step: 'breached', at: dueAt } as const] : []),
    ];
  });
  return earliest(coming);
}

/** Of several at once the first in the list. */
export const earliest = <T extends { readonly at: Date }>(moments: readonly T[]): T | null =>
  moments.reduce<T | null>((first, each) => (first === null || each.at < first.at ? each : first), null);
