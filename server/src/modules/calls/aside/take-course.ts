import type { CallMoment } from '@switchboard/contract';
import type { Aside, Call, Due, Leg, Person } from '../call.schema.ts';
import { NOTHING_DUE } from '../call.schema.ts';
import { noted } from '../following/noted.ts';
import { type AsideEvent, courseOf } from './courses.ts';

export const dueOf = ({ due }: Pick<Call, 'due'>): Due => due ?? NOTHING_DUE;
export const isOpen = (aside: Aside | null | undefined): aside is Aside => aside != null && aside.state !== 'over';

/** Those who are in the room or about to be, besides the customer and who has the call. */
export const othersIn = ({ legs, agent }: Pick<Call, 'legs' | 'agent'>): Leg[] =>
  legs.filter(
    ({ role, state, agentId }) =>
      (role === 'number' || (role === 'agent' && agentId !== agent?.id)) && (state === 'joined' || state === 'ringing'),
  );

/** They are to be put down (carry-out.ts). */
export const withoutLegs = (call: Call, legs: readonly string[], since: Date): Call => {
  const due = dueOf(call);
  const more = legs.filter((leg) => !due.putsDown.some((each) => each.leg === leg)).map((leg) => ({ leg, since }));
  return more.length === 0 ? call : { ...call, due: { ...due, putsDown: [...due.putsDown, ...more] } };
};

const moments: Partial<Record<AsideEvent, CallMoment['what']>> = {
  declined: 'declined',
  unanswered: 'unanswered',
  cancel: 'taken-back',
  merge: 'conference',
};

/** What happens to who is asked in, by the table; the very same call where it changes nothing. */
export function takeCourse(call: Call, event: AsideEvent, at: Date): Call {
  const { aside } = call;
  const course = isOpen(aside) ? courseOf(aside, event) : null;
  if (!isOpen(aside) || course === null) return call;
  if (course.to === 'private') return { ...call, aside: { ...aside, state: 'private', until: null } };
  const { end } = course.to;
  const what = moments[event];
  const ended: Call = {
    ...call,
    aside: { ...aside, state: 'over', end, until: null },
    // Who had no part yet must not come in later.
    guests: end === 'merged' || end === 'completed' ? call.guests : call.guests.filter(isNotOf(aside)),
    ...(what !== undefined && noted(call, { at, what, who: aside.name })),
  };
  const gone = course.putsDown && aside.legId !== null ? withoutLegs(ended, [aside.legId], at) : ended;
  if (course.customer === 'resumed') return { ...gone, due: { ...dueOf(gone), resumes: true } };
  if (course.customer === 'given') return given(gone, legOf(gone, aside), at, aside);
  if (course.customer === 'queued') return queued(gone, at, aside.state === 'sent' ? aside.name : call.agent?.name);
  return gone;
}

const isNotOf =
  ({ agentIds }: Aside) =>
  ({ agentId, role }: Call['guests'][number]): boolean =>
    role !== 'agent' || !agentIds.includes(agentId);

const legOf = ({ legs }: Call, { legId }: Aside): Leg | undefined => legs.find(({ id }) => id === legId);

/** It is theirs now: a colleague has it like any other call, a number takes it out of the hub. */
export function given(
  call: Call,
  to: Leg | undefined,
  at: Date,
  { id, note, by }: { id: string; note: string; by: Person },
): Call {
  if (to === undefined) return call;
  const own = call.legs.filter(
    ({ role, agentId, state }) => role === 'agent' && agentId === call.agent?.id && state === 'joined',
  );
  const left = withoutLegs(
    call,
    own.map(({ id }) => id),
    at,
  );
  const agent = to.role === 'agent' && to.agentId !== null ? { id: to.agentId, name: to.name } : null;
  return {
    ...left,
    ...(agent === null ? { phase: 'forwarded' } : { phase: 'talking', agent }),
    joinBy: null,
    due: { ...dueOf(left), resumes: true, hands: { id, to: agent, by, note } },
    ...noted(left, { at, what: 'transferred', who: to.name }),
  };
}

/** On to the next, with its age; whoever is still in the room is put down. */
export function queued(call: Call, at: Date, who: string | undefined): Call {
  return {
    ...withoutOthers(call, at),
    ...{ phase: 'queue', agent: null, joinBy: null, handsBack: call.version, queuedAt: call.queuedAt ?? at },
    ...noted(call, { at, what: 'requeued', who: who ?? null }),
  };
}

/** Nobody who was asked in is part of it any more. */
export function withoutOthers(call: Call, at: Date): Call {
  const { aside } = call;
  const ids = othersIn(call).map(({ id }) => id);
  const alone = withoutLegs(
    call,
    isOpen(aside) && aside.legId !== null ? [...new Set([...ids, aside.legId])] : ids,
    at,
  );
  const guests = alone.guests.filter(({ role }) => role !== 'agent');
  return isOpen(aside)
    ? { ...alone, guests, aside: { ...aside, state: 'over', end: aside.end ?? 'cancelled', until: null } }
    : { ...alone, guests };
}
