import { attributeOf, type Callback, type Ear, type Leg } from './leg.ts';
import type { Verb } from './twiml.ts';

export interface Member {
  readonly leg: Leg;
  readonly label: string;
  readonly endsRoom: boolean;
  readonly startsRoom: boolean;
  muted: boolean;
  hold: boolean;
  coaching: boolean;
  /** Who alone hears it while it coaches. */
  coaches: string | undefined;
  /** Takes it out of the room. */
  readonly out: () => void;
}

export interface Room {
  readonly sid: string;
  readonly name: string;
  readonly members: Map<string, Member>;
  status: 'init' | 'in-progress' | 'completed';
  callback: Callback | undefined;
  recordingUrl: string | undefined;
  sequence: number;
}

export type Entry = Pick<Member, 'label' | 'endsRoom' | 'startsRoom' | 'muted' | 'coaching' | 'coaches'> & {
  readonly room: string;
  readonly callback: Callback | undefined;
  readonly recordingUrl: string | undefined;
};

/** What a document's `<Conference>` says of who enters it. */
export const entryOf = (verb: Verb): Entry => {
  const url = attributeOf(verb, 'statusCallback');
  const events = (attributeOf(verb, 'statusCallbackEvent') ?? '').split(' ');
  return {
    room: verb.text,
    label: attributeOf(verb, 'participantLabel') ?? '',
    endsRoom: attributeOf(verb, 'endConferenceOnExit') === 'true',
    startsRoom: attributeOf(verb, 'startConferenceOnEnter') !== 'false',
    muted: attributeOf(verb, 'muted') === 'true',
    coaching: attributeOf(verb, 'coach') !== undefined,
    coaches: attributeOf(verb, 'coach'),
    callback: url ? { url, events } : undefined,
    recordingUrl: attributeOf(verb, 'record') ? attributeOf(verb, 'recordingStatusCallback') : undefined,
  };
};

/** Music while it is on hold, nothing while all others are. */
const earOf = ({ members }: Room, { leg, hold }: Member): Ear => {
  if (hold) return 'music';
  return [...members.values()].some((other) => other.leg !== leg && !other.hold) ? 'people' : 'silence';
};

/** After who is there, or on hold, has changed. */
const listenAnew = (room: Room): void => {
  for (const member of room.members.values()) {
    const ear = earOf(room, member);
    if (ear !== member.leg.ear) member.leg.hear(ear);
  }
};

/** The newest; the oldest of so many has long ended. */
const MOST_KEPT = 1000;

/** Told of a room: what, and of which of its members. */
export type Tell = (room: Room, event: string, member?: Member, more?: Record<string, string>) => void;

/** The conferences of the exchange. */
export class Rooms {
  readonly #rooms: Room[] = [];
  readonly #newSid: (prefix: string) => string;
  readonly #tell: Tell;

  constructor(newSid: (prefix: string) => string, tell: Tell) {
    this.#newSid = newSid;
    this.#tell = tell;
  }

  /** The newest of that name, or with that id. */
  find(nameOrSid: string): Room | undefined {
    return this.#rooms.findLast(
      ({ name, sid, status }) => sid === nameOrSid || (name === nameOrSid && status !== 'completed'),
    );
  }

  all(): readonly Room[] {
    return this.#rooms;
  }

  /** Resolves when the leg is out again, whoever took it out. */
  async enter(leg: Leg, entry: Entry, signal: AbortSignal): Promise<void> {
    const room = this.find(entry.room) ?? this.#open(entry.room);
    room.callback ??= entry.callback;
    room.recordingUrl ??= entry.recordingUrl;
    await new Promise<void>((out) => {
      const { label, endsRoom, startsRoom, muted, coaching, coaches } = entry;
      const member: Member = { leg, label, endsRoom, startsRoom, muted, coaching, coaches, hold: false, out };
      room.members.set(leg.sid, member);
      signal.addEventListener('abort', () => out(), { once: true });
      if (signal.aborted) return out();
      listenAnew(room);
      this.#tell(room, 'participant-join', member);
      const started = [...room.members.values()].some((one) => one.startsRoom) && room.members.size > 1;
      if (room.status === 'init' && started) {
        room.status = 'in-progress';
        this.#tell(room, 'conference-start');
      }
    });
    this.#leave(room, leg);
  }

  set(
    room: Room,
    member: Member,
    change: { muted?: boolean; hold?: boolean; coaching?: boolean; coaches?: string },
  ): void {
    for (const [what, yes, no] of [
      ['muted', 'mute', 'unmute'],
      ['hold', 'hold', 'unhold'],
    ] as const) {
      const value = change[what];
      if (value === undefined || value === member[what]) continue;
      member[what] = value;
      this.#tell(room, `participant-${value ? yes : no}`, member);
    }
    listenAnew(room);
    if (change.coaching !== undefined) member.coaching = change.coaching;
    if (change.coaches !== undefined) member.coaches = change.coaches;
  }

  #open(name: string): Room {
    const room: Room = {
      sid: this.#newSid('CF'),
      name,
      members: new Map(),
      status: 'init',
      callback: undefined,
      recordingUrl: undefined,
      sequence: 0,
    };
    this.#rooms.push(room);
    if (this.#rooms.length > MOST_KEPT) this.#rooms.shift();
    return room;
  }

  #leave(room: Room, leg: Leg): void {
    const member = room.members.get(leg.sid);
    if (!member) return;
    room.members.delete(leg.sid);
    listenAnew(room);
    this.#tell(room, 'participant-leave', member, {
      ReasonParticipantLeft: leg.isOver ? 'participant_hung_up' : 'moderator_updated_participant_call',
    });
    if (member.endsRoom) for (const { out } of room.members.values()) out();
    if (room.members.size > 0 || room.status === 'completed') return;
    room.status = 'completed';
    this.#tell(room, 'conference-end', undefined, { ReasonConferenceEnded: 'last-participant-left' });
  }
}
