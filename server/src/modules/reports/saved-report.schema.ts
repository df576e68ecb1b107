import { ReportSchedule, type ReportQuery, type SavedReport } from '@switchboard/contract';
import { Schema } from 'mongoose';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/hub-request.ts';

/** Those that were saved before one could choose say nothing of their days. */
export type StoredSchedule = z.input<typeof ReportSchedule>;

export interface StoredReport {
  _id: string;
  name: string;
  /** Who sees it: EVERYONE, or `agent:` and the owner. */
  visibleTo: string;
  ownerId: string;
  query: ReportQuery;
  schedule: StoredSchedule | null;
  /** The mailing that is next; null: none. */
  nextAt: Date | null;
  /** When a process looks at it: at that time, after a failure, or where who was at it died. Whoever moves it has it. */
  tryAt: Date | null;
  /** Of the mailing in work: who is through with it, and how often it was tried. */
  done: string[];
  tries: number;
  lastSent: { at: Date; sent: number; problem: string | null } | null;
}
export const EVERYONE = 'everyone';

const mixed = Schema.Types.Mixed;
export const savedReportSchema = new Schema<StoredReport>(
  {
    ...{ _id: String, name: String, visibleTo: String, ownerId: String, query: mixed },
    schedule: { type: mixed, default: null },
    nextAt: { type: Date, default: null },
    tryAt: { type: Date, default: null },
    ...{ done: [String], tries: Number },
    lastSent: { type: mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
savedReportSchema.index({ visibleTo: 1, _id: -1 });
savedReportSchema.index({ tryAt: 1 });

export const mayChange = (caller: Pick<Caller, 'id' | 'role'>, { ownerId, visibleTo }: StoredReport): boolean =>
  ownerId === caller.id || (visibleTo === EVERYONE && caller.role === 'administrator');

export const savedReport = (stored: StoredReport, caller: Caller, ownerName: string): SavedReport => {
  const { _id, name, visibleTo, ownerId, query, schedule, nextAt, lastSent } = stored;
  return {
    ...{ id: _id, name, shared: visibleTo === EVERYONE, query, schedule: schedule && ReportSchedule.parse(schedule) },
    owner: { id: ownerId, name: ownerName },
    mayChange: mayChange(caller, stored),
    nextAt: nextAt?.toISOString() ?? null,
    lastSent: lastSent && { ...lastSent, at: lastSent.at.toISOString() },
  };
};
