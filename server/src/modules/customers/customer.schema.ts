import { Schema } from 'mongoose';
import type { ChannelKind, CustomerView, Handle } from '@switchboard/contract';
import { pictureAt, type Picture } from './picture.ts';

/** A person with many identities. Never keyed on one of them: numbers and addresses change hands. */
export interface Customer {
  _id: string;
  name: string;
  /** The name came from an agent: no provider overwrites it. */
  named: boolean;
  picture?: Picture;
  handles: Handle[];
  /** `type:value` of each handle; unique over all customers, so an identity is one person's. */
  handleKeys: string[];
  attributes: Record<string, string>;
  consent: { channel: ChannelKind; handle: string; state: 'granted' | 'withdrawn'; at: Date }[];
  words: string[];
  createdAt: Date;
  lastSeenAt: Date | null;
  page: { url: string; title: string } | null;
}

const mixed = Schema.Types.Mixed;
export const customerSchema = new Schema<Customer>(
  {
    _id: String,
    name: String,
    named: Boolean,
    picture: mixed,
    handles: [mixed],
    handleKeys: [String],
    attributes: mixed,
    consent: [mixed],
    words: [String],
    createdAt: Date,
    lastSeenAt: { type: Date, default: null },
    page: { type: mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
customerSchema.index({ handleKeys: 1 }, { unique: true });
customerSchema.index({ words: 1, _id: -1 });
customerSchema.index({ 'picture.mediaId': 1 }, { sparse: true });

export const handleKey = ({ type, value }: Handle): string => `${type}:${value}`;

export function customerView(customer: Customer): CustomerView {
  const { _id, name, picture, handles, attributes, consent, createdAt, lastSeenAt, page } = customer;
  return {
    id: _id,
    name,
    ...pictureAt(picture?.mediaId),
    // Ids that only machines read stay out of sight.
    handles: handles.filter(({ type }) => type !== 'external'),
    attributes: attributes ?? {},
    consent: consent.map((item) => ({ ...item, at: item.at.toISOString() })),
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    page,
  };
}
