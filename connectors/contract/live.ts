import { z } from 'zod';
import { AgentStanding } from './agent-states.ts';
import { CallView } from './call-views.ts';
import { AccountArrival } from './channel-accounts.ts';
import { Id } from './common.ts';
import type { FloorAnswer, FloorChange } from './floor.ts';
import { OfferEnd, OfferView } from './routing.ts';
import { ClockKind } from './service-levels.ts';
import { VisitorPresence } from './visitor.ts';
import { EntryView, HeldRow, TicketView } from './views.ts';

/**
 * The `/console` sockets. Each stored change of a ticket takes its next `seq` and is told twice: `ticket` to whoever lists it,
 * `entries` to whoever has it open. Both carry state, not deltas: the higher seq wins, an entry replaces the one with its id.
 */
export const TicketChanged = z.object({ ticket: TicketView });
export type TicketChanged = z.infer<typeof TicketChanged>;
export const EntriesChanged = z.object({
  ticketId: Id,
  /** Contiguous per ticket: a gap means that something was missed, and `catchUp` repairs it. */
  seq: z.int().positive(),
  /** New or changed; empty where the change shows in the ticket alone. */
  entries: z.array(EntryView),
});
export type EntriesChanged = z.infer<typeof EntriesChanged>;

/** Not stored: no seq, never replayed. */
export const Passing = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('typing'),
    ticketId: Id,
    who: z.enum(['customer', 'agent']),
    agentId: Id.nullable(),
    name: z.string(),
    typing: z.boolean(),
  }),
  /** Everyone who has the ticket open now. */
  z.object({ type: z.literal('viewers'), ticketId: Id, agents: z.array(z.object({ id: Id, name: z.string() })) }),
  /** The customer in the chat came, left or went to another page. */
  z.object({ type: z.literal('visitor'), ticketId: Id, visitor: VisitorPresence }),
  z.object({ type: z.literal('agent-state'), agentId: Id, ...AgentStanding.shape }),
  /** A supervisor put this agent into another state. */
  z.object({
    type: z.literal('state-set'),
    by: z.string(),
    state: AgentStanding.shape.state,
    reason: AgentStanding.shape.reason,
  }),
  /** Something under settings changed: read it again when shown. */
  z.object({
    type: z.literal('stale'),
    what: z.enum([
      'channel-accounts',
      'agents',
      'queues',
      'quarantine',
      'alarms',
      'organisation',
      'service-levels',
      'call-menus',
    ]),
  }),
  /** Something came in over an account for the first time, or again after refusals; or it was turned away. */
  z.object({ type: z.literal('account-arrival'), accountId: Id, arrival: AccountArrival }),
  /** This agent has seen so many of the customer's messages, in whichever tab. */
  z.object({ type: z.literal('seen'), ticketId: Id, inboundCount: z.int() }),
  /** A held reply is new or changed: told to its author and to who sees everyone's. */
  z.object({ type: z.literal('held'), ...HeldRow.omit({ id: true }).shape }),
  /** Messages of a ticket that is open here have a further time in their passport: when they were shown, or first seen. */
  z.object({ type: z.literal('stamped') }),
  /** A ticket was given to this agent. */
  z.object({
    type: z.literal('assigned'),
    ticketId: Id,
    number: z.int(),
    customer: z.string(),
    /** The colleague who transferred it. */
    by: z.string().optional(),
  }),
  /** Something of this agent’s went back to its queue while they were gone: Me says what. */
  z.object({ type: z.literal('work-returned') }),
  /** A supervisor wrote a note to this agent, beside a ticket that the agent has. */
  z.object({
    type: z.literal('whisper'),
    ticketId: Id,
    number: z.int(),
    customer: z.string(),
    by: z.string(),
    text: z.string(),
  }),
  /** Work is offered to this agent, who may say yes to it; or what was offered no longer is. */
  z.object({ type: z.literal('offer'), offer: OfferView }),
  z.object({ type: z.literal('offer-ended'), offerId: Id, how: OfferEnd }),
  /** A call of this agent, as it is now. */
  z.object({ type: z.literal('call'), call: CallView }),
  /** A policy tells this agent that a clock warns, or is over. */
  z.object({
    type: z.literal('escalation'),
    ticketId: Id,
    number: z.int(),
    customer: z.string(),
    clock: ClockKind,
    breached: z.boolean(),
  }),
]);
export type Passing = z.infer<typeof Passing>;

export type CatchUp =
  | { kind: 'replay'; seq: number; entries: EntryView[]; ticket: TicketView }
  /** Too much was missed: load the ticket anew. */
  | { kind: 'resync' };

/** Every call is acked; an unanswered one is repeated by the client. */
export interface ConsoleToServer {
  /** Opens a ticket: joins its room and answers what was missed since `seq`. One socket may watch several. */
  watch: (ticketId: string, seq: number, ack: (answer: CatchUp | { kind: 'gone' }) => void) => void;
  unwatch: (ticketId: string) => void;
  typing: (ticketId: string, typing: boolean) => void;
  /** For supervisors: the floor as it is, and from here on its changes. */
  watchFloor: (ack: (answer: FloorAnswer) => void) => void;
  unwatchFloor: () => void;
  /** Whether this browser's person has lately touched a key, pointer or screen, in any tab; said when it changes and on connecting. */
  active: (isActive: boolean) => void;
  /** The ticket that this tab shows to a person who is at it; null: none, or nobody is. */
  handling: (ticketId: string | null) => void;
  /** Measures the delay; the answer is the server's clock in epoch ms. */
  beat: (ack: (serverTime: number) => void) => void;
}
export interface ServerToConsole {
  ticket: (changed: TicketChanged) => void;
  entries: (changed: EntriesChanged) => void;
  passing: (event: Passing) => void;
  /** Of the floor; without rows it says that nothing is another as of then. */
  floor: (change: FloorChange) => void;
  /** The session ended (signed out elsewhere, deactivated): go to sign-in. */
  signedOut: () => void;
}
