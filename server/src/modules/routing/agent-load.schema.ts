import type { ChannelKind } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** A ticket that is about to be an agent's: it weighs before it is in their work. */
export interface Hold {
  readonly ticketId: string;
  readonly channel: ChannelKind;
  /** Who was killed before giving the ticket away holds it no longer than to here. */
  readonly until: Date;
  /** Whose it is: two may claim the same, and each lets go of their own. */
  readonly claim?: number;
}
/** One for each agent who was ever given work. */
export interface AgentLoad {
  _id: string;
  /** Counts what the routing has given: who decides on less is refused. */
  version: number;
  holds: Hold[];
  givenAt: Date | null;
  idleSince: Date | null;
}

export const agentLoadSchema = new Schema<AgentLoad>(
  {
    _id: String,
    version: Number,
    holds: [Schema.Types.Mixed],
    givenAt: { type: Date, default: null },
    idleSince: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
);
