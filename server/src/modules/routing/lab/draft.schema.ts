import type { Capacity, LabAgentChange, LabChanges, LabQueueChange, LabState } from '@switchboard/contract';
import { Schema } from 'mongoose';

type Person = { readonly id: string; readonly name: string };
/** Some of what is in force, or is to be. */
export interface Snapshot {
  readonly queues: readonly LabQueueChange[];
  readonly agents: readonly LabAgentChange[];
  readonly capacity: Capacity | null;
}

/** Rules that somebody thinks about. Nothing in force changes by one until it is published. */
export interface StoredDraft {
  _id: string;
  name: string;
  state: LabState;
  /** Counts the changes. */
  version: number;
  changes: LabChanges;
  /** What is changed, as it was in force when the change was begun. */
  base: Snapshot;
  changedBy: Person;
  changedAt: Date;
  /** What it was, and what it was made, kept before the first of it is written: who is killed in between goes on with it. */
  publication: { readonly before: Snapshot; readonly wanted: Snapshot; readonly by: Person; readonly at: Date } | null;
}

const mixed = Schema.Types.Mixed;
export const draftSchema = new Schema<StoredDraft>(
  {
    ...{ _id: String, name: String, state: String, version: Number, changes: mixed, base: mixed },
    ...{ changedBy: mixed, changedAt: Date },
    publication: { type: mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
