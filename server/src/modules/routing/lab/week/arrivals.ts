import { USUAL_ANSWER_MS, type ChannelKind, type Priority } from '@switchboard/contract';
import type { Fact } from '../../../metrics/index.ts';
import type { Arrival, Course, Step } from '../replay/scene.ts';

/** What the facts don't tell of a ticket. */
export interface About {
  readonly priority: Priority;
  /** Until when the first answer was promised; null: no service level says. */
  readonly dueAt: Date | null;
}
interface Making {
  readonly queueId: string;
  readonly at: number;
  readonly placedWith: string | null;
  waited: number | null;
  gone: Arrival['gone'];
  /** Since when somebody has it. */
  since: number | null;
  steps: Step[];
  isFirst: boolean;
}
export interface Context {
  readonly aboutOf: (ticketId: string) => About;
  readonly isLive: (channel: ChannelKind) => boolean;
  /** Where what waits in a queue may be moved by its own rules: such a move is played, any other was somebody's. */
  readonly movesTo: (queueId: string) => readonly string[];
  /** In which somebody had the ticket before them, in ms. */
  readonly handledMs: (ticketId: string) => number;
}

/** The waits of tickets, from all that the metrics know of them; the facts of each in the order of their times. */
export function arrivalsOf(tickets: Iterable<readonly Fact[]>, context: Context): Arrival[] {
  return [...tickets].flatMap((facts) => arrivalsOfTicket(facts, context)).toSorted((a, b) => a.at - b.at);
}

function arrivalsOfTicket(facts: readonly Fact[], context: Context): Arrival[] {
  const [opened] = facts;
  // What was opened before the time that is known began elsewhere.
  if (opened?.kind !== 'opened' || opened.channel === null) return [];
  const { ticketId, customerId, channel } = opened;
  const createdAt = +opened.at;
  const made = follow(opened, facts.slice(1), context);
  const { priority, dueAt } = context.aboutOf(ticketId);
  const due = dueAt === null ? createdAt + USUAL_ANSWER_MS : +dueAt;
  const worked = made.filter(({ since }) => since !== null).length;
  const handledMs = worked === 0 ? 0 : Math.round(context.handledMs(ticketId) / worked);
  return made.map(({ queueId, at, placedWith, waited, gone, since, steps, isFirst }) => ({
    ...{ ticketId, customerId, queueId, channel, priority, at, createdAt, placedWith, waited, gone },
    live: context.isLive(channel),
    dueAt: isFirst ? due : null,
    course: since === null ? null : ({ steps, handledMs } satisfies Course),
  }));
}

/** Goes along its facts: each time that it begins to wait is an arrival. */
function follow(opened: Fact, facts: readonly Fact[], { movesTo }: Context): Making[] {
  const made: Making[] = [];
  let answered = false;
  const arrive = (at: number, queueId: string, placedWith: string | null): Making => {
    const since = placedWith === null ? null : at;
    const arrival: Making = {
      ...{ queueId, at, placedWith, waited: null, gone: null, since, steps: [] },
      isFirst: !answered,
    };
    made.push(arrival);
    return arrival;
  };
  let now: Making = arrive(+opened.at, opened.queueId, opened.agentId);
  for (const fact of facts) {
    const at = +fact.at;
    const ms = fact.ms ?? 0;
    const step = (does: Step['does'], when = at, more: Partial<Step> = {}) => {
      if (now.since !== null && when >= now.since) now.steps.push({ after: when - now.since, does, ...more });
    };
    if (fact.kind === 'assigned') {
      if (now.since !== null || now.gone !== null) {
        step('left', at - ms);
        now = arrive(at - ms, fact.queueId, null);
      } else if (fact.queueId !== now.queueId && !movesTo(now.queueId).includes(fact.queueId)) {
        // Somebody placed it there.
        made.pop();
        now = arrive(now.at, fact.queueId, null);
      }
      now.waited = at - now.at;
      now.since = at;
    } else if (fact.kind === 'first-response' || fact.kind === 'next-response') {
      const first = fact.kind === 'first-response';
      const began = at - ms;
      const wroteLater = now.since !== null && began > now.since;
      if (wroteLater) step('wrote', began);
      const { inTime } = fact;
      const took = first && wroteLater ? { took: ms, ...(inTime !== undefined && { inTime }) } : {};
      step(first ? 'first-reply' : 'replied', at, took);
      answered = true;
    } else if (fact.kind === 'abandoned') {
      if (now.since === null) now.gone ??= { after: at - now.at, as: 'abandoned' };
      else step('abandoned');
    } else if (fact.kind === 'resolved') {
      if (now.since === null) now.gone ??= { after: at - now.at, as: 'closed' };
      else if (now.steps.at(-1)?.does !== 'abandoned') step('resolved');
    } else if (fact.kind === 'reopened') {
      if (now.since !== null) step('reopened');
      else now = arrive(at, fact.queueId, null);
    }
  }
  return made;
}
