import type { Organisation } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** One document. */
export const ORGANISATION = 'organisation';
export type StoredOrganisation = Partial<Organisation> & { _id: string };

const mixed = Schema.Types.Mixed;
export const organisationSchema = new Schema<StoredOrganisation>(
  {
    _id: String,
    name: String,
    timeZone: String,
    hours: { type: [mixed], default: undefined },
    reopenWithinHours: Number,
    undoSeconds: Number,
    capacity: mixed,
    agentStates: mixed,
    dispositions: { type: [String], default: undefined },
    dispositionRequired: Boolean,
  },
  { versionKey: false },
);
