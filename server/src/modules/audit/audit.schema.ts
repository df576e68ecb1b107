import type { AuditItem } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** Who did what to whom. Written once, never changed. */
export interface AuditRecord {
  _id: string;
  at: Date;
  actor: { id: string | null; name: string };
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

const mixed = Schema.Types.Mixed;
export const auditSchema = new Schema<AuditRecord>(
  { _id: String, at: Date, actor: mixed, action: String, subject: String, detail: mixed },
  { versionKey: false, minimize: false },
);

export const auditItem = ({ _id, at, ...rest }: AuditRecord): AuditItem => ({ id: _id, at: at.toISOString(), ...rest });
