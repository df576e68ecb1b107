import type { CallChange } from '@switchboard/contract';
import { isOver, movesOn } from '../call-states.ts';
import { asideFollows } from '../aside/aside-follows.ts';
import { takeCourse, withoutOthers } from '../aside/take-course.ts';
import type { Call, Leg, Moment, Recording } from '../call.schema.ts';
import { noted } from './noted.ts';

/** What the provider can't know. */
export interface Told {
  /** By the provider's clock. */
  readonly at: Date;
  readonly rawRef: string | null;
  /** Of an agent's or a number's leg. */
  readonly name: string;
}

/** So long a browser has to join, or to come back. */
export const JOIN_MS = 25_000;

/**
 * One report of the provider. Reports come repeated and out of order: one that is known, or older than what is known, gives the
 * very same call back.
 */
export function applyChange(call: Call, change: CallChange, told: Told): Call {
  const steps = [legChanged, recordingChanged, saidChanged, stateChanged, phaseFollows];
  return steps.reduce<Call>((now, step) => step(now, change, told), call);
}

const legRank = { ringing: 0, joined: 1, muted: 2, unmuted: 3, held: 4, resumed: 5, left: 6, unreached: 6 } as const;
const legStates = { ringing: 'ringing', joined: 'joined', left: 'left', unreached: 'unreached' } as const;
const legMoments = {
  joined: 'joined',
  left: 'left',
  unreached: 'unreached',
  held: 'held',
  resumed: 'resumed',
} as const;

function legChanged(call: Call, change: CallChange, told: Told): Call {
  const { leg: report, sequence = null, roomSession = null } = change;
  const { at, name } = told;
  if (report === undefined) return call;
  const known = call.legs.find(({ id }) => id === report.externalId);
  if (known !== undefined && !isNews(known, report.change, { at, sequence, roomSession })) return call;
  const before: Leg = known ?? {
    ...{ id: report.externalId, role: report.role, agentId: report.agentId ?? null, name },
    ...{ state: 'ringing', held: false, at, joinedAt: null, leftAt: null, hidden: isHidden(call, report.agentId) },
  };
  const { change: what } = report;
  const state = what in legStates ? legStates[what as keyof typeof legStates] : before.state;
  const after: Leg = {
    ...before,
    ...{ at, sequence, roomSession, state },
    held: state === 'joined' && (what === 'held' || (before.held && what !== 'resumed')),
    joinedAt: before.joinedAt ?? joinedBy(state, report.durationSeconds, at),
    leftAt: state === 'left' ? at : null,
  };
  const legs = known === undefined ? [...call.legs, after] : call.legs.map((each) => (each === known ? after : each));
  const isCustomers = report.role === 'customer';
  const moment = legMoments[what as keyof typeof legMoments];
  const tells = moment !== undefined && !after.hidden && (!isCustomers || moment === 'held' || moment === 'resumed');
  const again = tells && after.held === before.held && after.state === before.state && known !== undefined;
  const moved: Call = {
    ...call,
    legs,
    ...(tells && !again && noted(call, { at, what: momentOf(moment, after), who: isCustomers ? null : name })),
  };
  return asideFollows(moved, change, told);
}

/** Its end may be told before its beginning, which is then no news: how long it was there tells that it was. */
function joinedBy(state: Leg['state'], seconds = 0, at: Date): Date | null {
  if (state === 'joined') return at;
  return state === 'left' && seconds > 0 ? new Date(+at - seconds * 1000) : null;
}

const isHidden = ({ guests }: Call, agentId: string | undefined): boolean =>
  guests.some((guest) => guest.agentId === agentId && guest.hidden === true);

/** Who only listens has not joined the conversation. */
const momentOf = (moment: (typeof legMoments)[keyof typeof legMoments], { role }: Leg): Moment['what'] =>
  moment !== 'joined' ? moment : role === 'monitor' ? 'listens' : role === 'coach' ? 'whispers' : 'joined';

type Counted = Pick<Leg, 'at' | 'sequence' | 'roomSession'>;

/**
 * By the provider's clock. Clocks of whole seconds leave the order of things to the room's count or, without one, to what usually
 * follows what; a room that opened anew counts from one again, and is gone to by who left the one before.
 */
function isNews(known: Leg, change: keyof typeof legRank, { at, sequence, roomSession }: Counted): boolean {
  if (known.state === change || (change === 'held' && known.held)) return false;
  const isHold = change === 'held' || change === 'resumed';
  if (isHold && known.heldAt !== undefined && at <= known.heldAt) return false;
  if (+at !== +known.at) return at > known.at;
  if (roomSession != null && known.roomSession != null && roomSession !== known.roomSession) return change === 'joined';
  if (sequence != null && known.sequence != null) return sequence > known.sequence;
  const rankNow = known.state === 'joined' ? (known.held ? legRank.held : legRank.joined) : legRank[known.state];
  return legRank[change] > rankNow;
}

const recordingRank = { 'in-progress': 0, paused: 0, completed: 1, absent: 1, failed: 1 } as const;

function recordingChanged(call: Call, { recording: report }: CallChange, { rawRef }: Told): Call {
  if (report === undefined) return call;
  const known = call.recordings.find(({ id }) => id === report.externalId);
  const before: Recording = known ?? {
    ...{ id: report.externalId, of: report.of, state: report.state, mediaId: null },
    ...{ durationSeconds: null, transcript: null, source: null, rawRef: null },
  };
  const isOld = recordingRank[report.state] < recordingRank[before.state];
  const after: Recording = {
    ...before,
    state: isOld ? before.state : report.state,
    source: report.source ?? before.source,
    rawRef: report.source === undefined ? before.rawRef : rawRef,
    durationSeconds: report.durationSeconds ?? before.durationSeconds,
    transcript: report.transcript ?? before.transcript,
  };
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(after)) return call;
  const others = call.recordings.filter((each) => each !== known);
  const isLeft = after.of === 'voicemail' && after.state === 'completed' && call.outcome === 'missed';
  return { ...call, recordings: [...others, after], ...(isLeft && { outcome: 'voicemail' as const }) };
}

/** The words themselves are kept apart: a call would be written anew with each sentence. */
function saidChanged(call: Call, { said, unwritten }: CallChange, { at }: Told): Call {
  const heard: Call = said !== undefined && !call.hasSaid ? { ...call, hasSaid: true } : call;
  const isKnown = heard.moments.some(({ what, who }) => what === 'unwritten' && who === unwritten);
  if (unwritten === undefined || isKnown) return heard;
  return { ...heard, ...noted(heard, { at, what: 'unwritten', who: unwritten }) };
}

function stateChanged(call: Call, { state, sequence, reason }: CallChange, { at }: Told): Call {
  if (state === undefined || !movesOn(call.state, state)) return call;
  if (sequence !== undefined && call.sequence !== null && sequence < call.sequence) return call;
  const moved: Call = { ...call, state, sequence: sequence ?? call.sequence, reason: reason ?? call.reason };
  return isOver(state) ? ended(moved, at) : moved;
}

function phaseFollows(call: Call, _: CallChange, { at }: Told): Call {
  const customer = call.legs.some(({ role, state }) => role === 'customer' && state === 'joined');
  const isThere = call.legs.some(
    ({ role, state, agentId }) => role === 'agent' && state === 'joined' && agentId === call.agent?.id,
  );
  if (call.phase === 'connecting' && customer && isThere)
    return {
      ...call,
      phase: 'talking',
      joinBy: null,
      answeredAt: call.answeredAt ?? at,
      ...(call.answeredAt === null && noted(call, { at, what: 'answered', who: call.agent?.name ?? null })),
    };
  // Nobody asked for that: a browser was closed, or lost its line. It has the time of a reload to come back.
  const isAlone = call.phase === 'talking' ? customer : call.phase === 'connecting' && call.joinBy === null;
  if (isAlone && !isThere) return { ...call, phase: 'connecting', joinBy: new Date(+at + JOIN_MS) };
  return call;
}

const outcomes: Partial<Record<Call['phase'], Call['outcome']>> = {
  menu: 'missed',
  queue: 'abandoned',
  voicemail: 'missed',
  forwarded: 'missed',
  connecting: 'abandoned',
  talking: 'answered',
};

/** Somebody answered at the number that it was led to. */
const wasForwarded = ({ phase, legs }: Call): boolean =>
  phase === 'forwarded' && legs.some(({ role, joinedAt }) => role === 'number' && joinedAt !== null);

/** The customer's leg is over, by whomever. */
export function ended(ending: Call, at: Date): Call {
  if (ending.endedAt !== null) return ending;
  const call = withoutOthers(takeCourse(ending, 'ended', at), at);
  const isReached = call.answeredAt !== null;
  const hasVoicemail = call.recordings.some(({ of, state }) => of === 'voicemail' && state === 'completed');
  const outcome = isReached
    ? 'answered'
    : call.direction === 'outbound'
      ? 'unreached'
      : call.phase === 'voicemail' && hasVoicemail
        ? 'voicemail'
        : wasForwarded(call)
          ? 'forwarded'
          : (outcomes[call.phase] ?? call.outcome);
  // Who gave it to a number has long done with it.
  const wraps = call.agent !== null && call.phase !== 'forwarded' && (isReached || call.direction === 'outbound');
  const phase = call.phase === 'callback' ? 'callback' : wraps ? 'wrap-up' : 'over';
  const left = { state: 'left', held: false, leftAt: at } as const;
  return {
    ...call,
    ...{ phase, outcome, endedAt: at, joinBy: null, recording: null },
    legs: call.legs.map((leg) => (leg.state === 'joined' || leg.state === 'ringing' ? { ...leg, ...left } : leg)),
    ...noted(call, { at, what: 'ended', who: null }),
  };
}
