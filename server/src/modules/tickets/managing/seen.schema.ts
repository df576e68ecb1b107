import { Schema } from 'mongoose';

/** How many customer messages of a ticket an agent has seen. */
export interface Seen {
  _id: string;
  inboundCount: number;
}
export const seenId = (agentId: string, ticketId: string): string => `${agentId}:${ticketId}`;
export const seenSchema = new Schema<Seen>({ _id: String, inboundCount: Number }, { versionKey: false });
