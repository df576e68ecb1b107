import type { ChannelKind, OfferEnd, OfferSettings } from '@switchboard/contract';
import { Schema } from 'mongoose';

type Person = { readonly id: string; readonly name: string };
export interface OpenOffer {
  readonly id: string;
  readonly agent: Person;
  readonly queueId: string;
  readonly channel: ChannelKind;
  readonly at: Date;
  readonly until: Date;
  readonly missed: OfferSettings['missed'];
  /** The agent has said yes, and the ticket is on its way to them. */
  readonly acceptedAt: Date | null;
}
export interface PastOffer {
  readonly id: string;
  readonly agent: Person;
  readonly at: Date;
  readonly endedAt: Date;
  readonly how: OfferEnd;
}
/** One document for each ticket, so that there is one open offer of it at a time, whoever decides. */
export interface TicketOffers {
  /** The ticket's. */
  _id: string;
  open: OpenOffer | null;
  past: PastOffer[];
  /** Who declined before that may be asked again: the ticket was with somebody since. */
  since: Date;
  changedAt: Date;
}

const KEEP_SECONDS = 90 * 24 * 3600;
const mixed = Schema.Types.Mixed;
export const offerSchema = new Schema<TicketOffers>(
  { _id: String, open: { type: mixed, default: null }, past: [mixed], since: Date, changedAt: Date },
  { versionKey: false, minimize: false },
);
offerSchema.index({ 'open.id': 1 });
offerSchema.index({ 'open.agent.id': 1, _id: 1 });
offerSchema.index({ 'open.queueId': 1 });
offerSchema.index({ 'open.until': 1 });
offerSchema.index({ changedAt: 1 }, { expireAfterSeconds: KEEP_SECONDS });
