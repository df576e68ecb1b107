import { Schema } from 'mongoose';
import type { ChannelKind } from '@switchboard/contract';

/** A request that was turned away. */
export interface Refusal {
  at: Date;
  status: number;
  reason: string;
  /** The host that was called, where it is another than ours. */
  host?: string;
  /** At a door for anybody: people are refused there though all is well. */
  public?: boolean;
  /** When it began that nothing else came. */
  since?: Date;
}

export interface ChannelAccount {
  _id: string;
  connectorId: string;
  channel: ChannelKind;
  name: string;
  queueId: string;
  /** `paused` by the hub because of what `health` says, `disabled` by an administrator. */
  state: 'active' | 'paused' | 'disabled';
  /** Absent: as of accounts from before it could be chosen, true. */
  tellsRead?: boolean;
  /** Without secrets. */
  settings: Record<string, unknown>;
  /** Dotted path of a secret → its sealed value. */
  secrets: { path: string; sealed: string }[];
  /** Counts the changes of settings and state: an opened channel of an older one is closed. */
  revision: number;
  cursor: string | null;
  health: {
    ok: boolean;
    message: string | null;
    checkedAt: Date | null;
    lastInboundAt: Date | null;
    lastOutboundAt: Date | null;
    connectedAt?: Date | null;
    refused?: Refusal | null;
    /** As of the last good check; absent: never known. */
    behind?: { count: number; oldestMs: number | null } | null;
    expires?: { what: string; at: Date } | null;
    lacks?: readonly string[];
  };
  createdAt: Date;
}

const mixed = Schema.Types.Mixed;
export const channelAccountSchema = new Schema<ChannelAccount>(
  {
    _id: String,
    connectorId: String,
    channel: String,
    name: String,
    queueId: String,
    state: String,
    tellsRead: Boolean,
    settings: mixed,
    secrets: [mixed],
    revision: Number,
    cursor: { type: String, default: null },
    health: mixed,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
channelAccountSchema.index({ state: 1 });
