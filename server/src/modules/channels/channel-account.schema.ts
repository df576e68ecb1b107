import { Schema } from 'mongoose';
import type { ChannelKind, Mirror } from '@switchboard/contract';

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
  /** Queues whose tickets are shown at a place of its desk. Missing: there never were any. */
  mirrors?: Mirror[];
  /** What the provider gave when an administrator installed the hub there. */
  grant?: { sealed: string; holderId: string; holder: string; expiresAt: Date | null } | null;
  /** An administrator is on the way to the provider: one at a time, the last one counts. */
  installing?: { stateHash: string; sessionId: string; expiresAt: Date } | null;
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
    mirrors: { type: [mixed], default: undefined },
    grant: mixed,
    installing: mixed,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
channelAccountSchema.index({ state: 1 });
// Grants that end, for who renews them.
channelAccountSchema.index({ 'grant.expiresAt': 1 });
