import { INACTIVITY, type AgentState, type ChosenState } from '@switchboard/contract';
import type { Chosen, Reason } from '../agents/index.ts';

/** What can happen to somebody's state besides consoles that come and go. */
export type StateEvent =
  | { readonly kind: 'chosen'; readonly at: Date; readonly state: ChosenState; readonly reason: Reason | null }
  | { readonly kind: 'work-ended'; readonly at: Date; readonly until: Date }
  | { readonly kind: 'wrap-up-extended'; readonly at: Date; readonly until: Date }
  | { readonly kind: 'wrap-up-over'; readonly at: Date }
  | { readonly kind: 'inactive'; readonly at: Date; readonly reason: Reason }
  | { readonly kind: 'active'; readonly at: Date }
  | { readonly kind: 'offer-missed'; readonly at: Date };
type Kind = StateEvent['kind'];
type Step<K extends Kind> = (from: Chosen, event: Extract<StateEvent, { kind: K }>) => Chosen | null;
type Steps = { readonly [K in Kind]?: Step<K> };

const choose: Step<'chosen'> = (from, { at, state, reason }) =>
  from.state === state && from.reason?.id === reason?.id
    ? null
    : { state, reason, chosenAt: at, until: null, back: null };

/** What was told twice or late, and what somebody has answered with a choice since, begins none. */
const wrapUp: Step<'work-ended'> = (from, { at, until }) =>
  at <= from.chosenAt
    ? null
    : { state: 'wrap-up', reason: null, chosenAt: at, until, back: { state: from.state, reason: from.reason } };

const wrapUpMore: Step<'work-ended'> = (from, { at, until }) =>
  at <= from.chosenAt
    ? null
    : { ...from, chosenAt: at, until: from.until !== null && from.until > until ? from.until : until };

const goBack = ({ back }: Chosen, { at }: { at: Date }): Chosen => ({
  ...(back ?? { state: 'ready', reason: null }),
  chosenAt: at,
  until: null,
  back: null,
});

const leave: Step<'inactive'> = (from, { at, reason }) => ({
  state: 'away',
  reason,
  chosenAt: at,
  until: null,
  // A wrap-up is over by then: back to what was before it.
  back: from.state === 'wrap-up' ? from.back : { state: from.state, reason: from.reason },
});

/** Until they choose again: a hand on the mouse takes no call. */
const miss: Step<'offer-missed'> = (_, { at }) => ({
  state: 'away',
  reason: null,
  chosenAt: at,
  until: null,
  back: null,
});

/** What follows what; an event that a state does not name leaves it as it is. */
const table: Readonly<Record<AgentState, Steps>> = {
  ready: { chosen: choose, 'work-ended': wrapUp, inactive: leave, 'offer-missed': miss },
  busy: {
    chosen: choose,
    'work-ended': wrapUp,
    // Who is in a meeting has said why nothing is touched.
    inactive: (from, event) => (from.reason === null ? leave(from, event) : null),
  },
  'wrap-up': {
    chosen: choose,
    'work-ended': wrapUpMore,
    'wrap-up-extended': (from, { until }) => ({ ...from, until }),
    'wrap-up-over': (from, event) => (from.until !== null && from.until > event.at ? null : goBack(from, event)),
    inactive: leave,
  },
  away: { chosen: choose, active: (from, event) => (from.reason?.id === INACTIVITY ? goBack(from, event) : null) },
  offline: { chosen: choose },
};

/** null: nothing changes. */
export function next(from: Chosen, event: StateEvent): Chosen | null {
  const step = table[from.state][event.kind] as Step<Kind> | undefined;
  return step?.(from, event) ?? null;
}
