import type {
  AsideView,
  CallMoment,
  CallOutcome,
  CallPhase,
  CallRecording,
  CallState,
  LegRole,
  Party,
} from '@switchboard/contract';
import { Schema } from 'mongoose';

export interface Leg {
  /** The provider's id. */
  readonly id: string;
  readonly role: LegRole;
  readonly agentId: string | null;
  readonly name: string;
  readonly state: 'ringing' | 'joined' | 'left' | 'unreached';
  readonly held: boolean;
  /** When we last held it or took it off hold: what the provider reports of before is no news. */
  readonly heldAt?: Date;
  /** A listener's, whom the agent is not to see. */
  readonly hidden?: boolean;
  /** Of the last report, by the provider's clock: an older one changes nothing. */
  readonly at: Date;
  /** The room's count of that report, where it came from a room. */
  readonly sequence?: number | null;
  /** In which the room counted. */
  readonly roomSession?: string | null;
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
}
export interface Recording extends Omit<CallRecording, 'mediaId'> {
  readonly mediaId: string | null;
  readonly source: string | null;
  readonly rawRef: string | null;
}
export interface Moment extends Omit<CallMoment, 'at'> {
  readonly at: Date;
}
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Aside extends AsideView {
  /** All who were asked, also who said no. */
  readonly askedIds: readonly string[];
  /** E.164, where a number is asked. */
  readonly number: string | null;
  /** Somebody has said yes, or the number has been dialled. */
  readonly taken: boolean;
  /** Until when they must have joined. */
  readonly until: Date | null;
}

/** What still has to be done at the provider and to the ticket, each until it is (carry-out.ts). */
export interface Due {
  /** The customer is to be taken off hold. */
  readonly resumes: boolean;
  /** These are to be put down. */
  readonly putsDown: readonly { readonly leg: string; readonly since: Date }[];
  /** Its ticket, and what was noted for them. */
  readonly hands: {
    readonly id: string;
    readonly to: Person | null;
    readonly by: Person;
    readonly note: string;
  } | null;
}
export const NOTHING_DUE: Due = { resumes: false, putsDown: [], hands: null };

/** A call as the hub leads it: one document, changed by its version alone (calls.ts). */
export interface Call {
  readonly _id: string;
  readonly version: number;
  readonly channelAccountId: string;
  /** The customer's leg at the provider; the call's own id until a call of ours is dialled. */
  readonly externalId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly customer: Party;
  readonly customerName: string;
  readonly line: string;
  /** Where it stands in the conversation; null: nowhere yet. */
  readonly ticketId: string | null;
  /** Where it is to stand; null: in a ticket of its own. */
  readonly wantedTicketId: string | null;
  readonly state: CallState;
  readonly sequence: number | null;
  readonly phase: CallPhase;
  readonly outcome: CallOutcome | null;
  /** Where it goes when it is queued; null: where its account's tickets go. */
  readonly queueId: string | null;
  /** The step of the menu that it is in, or is led to once its caller has said whether it may be recorded; null: none of its own. */
  readonly node: string | null;
  readonly language: string;
  readonly records: boolean;
  readonly mayPause: boolean;
  /** Who has it, or had it last. */
  readonly agent: Person | null;
  /** Until when who has it must have joined. */
  readonly joinBy: Date | null;
  /** Who had it could not take it: its ticket is to be nobody's, once. The version that was given back; null: nothing is. */
  readonly handsBack: number | null;
  /** Others whose browsers may join, and how. */
  readonly guests: readonly { readonly agentId: string; readonly role: LegRole; readonly hidden?: boolean }[];
  /** The newest who was asked in; null: nobody was. */
  readonly aside: Aside | null;
  readonly due: Due;
  /** The agent's leg for which the customer's was called for: once for each. */
  readonly calledFor: string | null;
  /** Of the call that was promised, so that it is made once. */
  readonly callbackId: string | null;
  /** How often that was tried in vain. */
  readonly tried: number;
  readonly triesMost: number;
  /** When it is tried again; null: as soon as somebody has the ticket. */
  readonly tryAt: Date | null;
  /** The call that promised this one. */
  readonly promisedBy: string | null;
  readonly startedAt: Date;
  readonly queuedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly legs: readonly Leg[];
  readonly moments: readonly Moment[];
  readonly recordings: readonly Recording[];
  /** What is said while it is recorded is to be written down, and some of it has been (said-in-calls.ts). */
  readonly transcribes: boolean;
  readonly hasSaid: boolean;
  readonly recording: 'on' | 'paused' | null;
  readonly disposition: string | null;
  readonly reason: string | null;
  /** What still has to follow from its last change (settle-call.ts); null: all has. */
  readonly unsettledSince: Date | null;
}

export type FreshCall = Pick<
  Call,
  | 'channelAccountId'
  | 'direction'
  | 'customer'
  | 'customerName'
  | 'line'
  | 'phase'
  | 'language'
  | 'records'
  | 'mayPause'
  | 'startedAt'
> &
  Partial<Call>;

/** A call of which nothing more is known. */
export const blankCall = (_id: string, now: Date, fresh: FreshCall): Call => ({
  ...{ _id, version: 1, externalId: _id, ticketId: null, wantedTicketId: null },
  ...{ state: 'ringing', sequence: null, outcome: null, queueId: null, node: null, agent: null, joinBy: null },
  ...{ handsBack: null, guests: [], aside: null, due: NOTHING_DUE, calledFor: null, callbackId: null },
  ...{ tried: 0, triesMost: 1, tryAt: null, promisedBy: null },
  ...{ queuedAt: null, answeredAt: null, endedAt: null, legs: [], moments: [], recordings: [], recording: null },
  ...{ transcribes: false, hasSaid: false, disposition: null, reason: null, unsettledSince: now },
  ...fresh,
});

const mixed = Schema.Types.Mixed;
export const callSchema = new Schema<Call>(
  {
    _id: String,
    version: Number,
    channelAccountId: String,
    externalId: String,
    direction: String,
    customer: mixed,
    customerName: String,
    line: String,
    ticketId: { type: String, default: null },
    wantedTicketId: { type: String, default: null },
    state: String,
    sequence: { type: Number, default: null },
    phase: String,
    outcome: { type: String, default: null },
    queueId: { type: String, default: null },
    node: { type: String, default: null },
    language: String,
    records: Boolean,
    mayPause: { type: Boolean, default: true },
    agent: { type: mixed, default: null },
    joinBy: { type: Date, default: null },
    handsBack: { type: Number, default: null },
    guests: [mixed],
    aside: { type: mixed, default: null },
    due: { type: mixed, default: NOTHING_DUE },
    calledFor: { type: String, default: null },
    callbackId: { type: String, default: null },
    tried: { type: Number, default: 0 },
    triesMost: { type: Number, default: 1 },
    tryAt: { type: Date, default: null },
    promisedBy: { type: String, default: null },
    startedAt: Date,
    queuedAt: { type: Date, default: null },
    answeredAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    legs: [mixed],
    moments: [mixed],
    recordings: [mixed],
    transcribes: { type: Boolean, default: false },
    hasSaid: { type: Boolean, default: false },
    recording: { type: String, default: null },
    disposition: { type: String, default: null },
    reason: { type: String, default: null },
    unsettledSince: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
callSchema.index({ channelAccountId: 1, externalId: 1 }, { unique: true });
callSchema.index({ ticketId: 1, phase: 1 });
callSchema.index({ 'agent.id': 1, phase: 1, _id: -1 });
callSchema.index({ 'aside.agentIds': 1, 'aside.state': 1 });
callSchema.index({ 'aside.until': 1 }, { partialFilterExpression: { 'aside.until': { $type: 'date' } } });
callSchema.index({ unsettledSince: 1 }, { partialFilterExpression: { unsettledSince: { $type: 'date' } } });
callSchema.index({ joinBy: 1 }, { partialFilterExpression: { joinBy: { $type: 'date' } } });
callSchema.index(
  { 'recordings.mediaId': 1 },
  { partialFilterExpression: { 'recordings.mediaId': { $type: 'string' } } },
);
