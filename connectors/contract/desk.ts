import { z } from 'zod';
import { ContentPart } from './common.ts';

/*
 * A desk: where agents work who do not live in the console. The hub shows it the tickets of the queues that are mirrored
 * there, and takes back what an agent does there as an event (`desk.acted`), which ends in the console's own use cases.
 */

/** What an agent did at a desk. */
export const DeskAct = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), parts: z.array(ContentPart).min(1).max(20) }),
  z.object({ type: z.literal('note'), text: z.string().max(20_000), files: z.int().nonnegative() }),
  z.object({ type: z.literal('take') }),
  z.object({ type: z.literal('resolve') }),
  /** What was written there before is another, or gone. */
  z.object({ type: z.literal('changed'), to: z.enum(['edited', 'deleted']) }),
]);
export type DeskAct = z.infer<typeof DeskAct>;

/** What stands at the top of a ticket's thread. */
export interface DeskTicket {
  readonly number: number;
  readonly subject: string;
  readonly customer: string;
  readonly channel: string;
  readonly queue: string;
  readonly status: string;
  readonly assignee: string | null;
  /** Of the ticket in the console. */
  readonly url: string;
  /** What can be done with it here. */
  readonly can: readonly ('take' | 'resolve')[];
  /** Why nothing is told here any more. */
  readonly ended: 'resolved' | 'moved' | null;
}

/** One thing that happened, for the ticket's thread. */
export interface DeskLine {
  readonly from: 'customer' | 'agent' | 'note' | 'event' | 'trouble';
  readonly author: string;
  /** What it is besides: "edited". */
  readonly remark?: string;
  /** Files are held by the hub. */
  readonly parts: readonly ContentPart[];
  /** Where all of it can be read. */
  readonly url: string;
}

/** Something that the hub put there. */
export interface DeskMark {
  readonly ref: string;
  /** By the provider's clock. */
  readonly at: Date;
}

/** `again`: an earlier try under the same key, from then on, may have got through: it is looked for first. */
export interface DeskPost<T> {
  readonly key: string;
  readonly content: T;
  readonly again: Date | null;
}

export interface Desk {
  /** The place's name. Throws a ConnectorError where the hub can't work there, saying how to mend it. */
  look(place: string): Promise<string>;
  /** Begins a ticket's thread; `ref` of the mark is the `thread.externalId` of what is done there. */
  open(place: string, post: DeskPost<DeskTicket>): Promise<DeskMark>;
  /** Changes its first message. As often as one likes. */
  update(threadRef: string, ticket: DeskTicket): Promise<void>;
  say(threadRef: string, post: DeskPost<DeskLine>): Promise<DeskMark>;
  /** To one person alone. May get lost. */
  tell(threadRef: string, personId: string, text: string): Promise<void>;
  /** Shows at what an agent wrote what became of it. As often as one likes. */
  sign(threadRef: string, messageRef: string, as: 'sent' | 'noted'): Promise<void>;
  /** `email`: only where the provider vouches that it is theirs. */
  person(personId: string): Promise<{ readonly name: string; readonly email?: string }>;
}

/** What the settings of a desk ask for. */
export interface DeskKind {
  /** What a place is called there, such as "Slack channel". */
  readonly title: string;
  readonly description: string;
  /** A valid place: a placeholder, and what fixtures are parsed with. */
  readonly example: string;
  readonly pattern: RegExp;
  /** How much may be written at one place. */
  readonly rate: { readonly messages: number; readonly withinMs: number };
}
