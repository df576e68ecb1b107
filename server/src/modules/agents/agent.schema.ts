import { Preferences, type AgentState, type AgentView, type Me, type Role } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** Whoever works here. Deactivated, never deleted: conversations keep naming them. */
export interface Agent {
  _id: string;
  name: string;
  /** Lower case, unique. */
  email: string;
  role: Role;
  active: boolean;
  /** As chosen; whoever has no console open is offline whatever was chosen. */
  state: AgentState;
  queueIds: string[];
  avatarUrl: string | null;
  preferences: Partial<Preferences>;
  /** null: invited, and the invitation is not accepted yet. */
  passwordHash: string | null;
  invitation: { tokenHash: string; expiresAt: Date } | null;
  /** Unique: the administrator that set-up makes can be made once only. */
  first?: true;
  createdAt: Date;
}

const mixed = Schema.Types.Mixed;
export const agentSchema = new Schema<Agent>(
  {
    _id: String,
    name: String,
    email: String,
    role: String,
    active: Boolean,
    state: String,
    queueIds: [String],
    avatarUrl: { type: String, default: null },
    preferences: mixed,
    passwordHash: { type: String, default: null },
    invitation: { type: mixed, default: null },
    first: Boolean,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
agentSchema.index({ email: 1 }, { unique: true });
agentSchema.index({ queueIds: 1 });
agentSchema.index({ role: 1 });
agentSchema.index({ 'invitation.tokenHash': 1 });
agentSchema.index({ first: 1 }, { unique: true, sparse: true });

export function newAgent(
  given: Pick<Agent, '_id' | 'name' | 'email' | 'role' | 'queueIds' | 'createdAt'> & Partial<Agent>,
): Agent {
  return {
    active: true,
    state: 'ready',
    avatarUrl: null,
    preferences: {},
    passwordHash: null,
    invitation: null,
    ...given,
    email: given.email.toLowerCase(),
  };
}

export function agentView(agent: Agent, connected: boolean): AgentView {
  const { _id, name, email, role, active, state, queueIds, avatarUrl, passwordHash, createdAt } = agent;
  return {
    id: _id,
    name,
    email,
    role,
    ...(avatarUrl !== null && { avatarUrl }),
    active,
    state: active && connected ? state : 'offline',
    queueIds,
    invited: passwordHash === null,
    createdAt: createdAt.toISOString(),
  };
}

/** One's own view: the state as chosen, for the console that asks may not be connected yet. */
export function meView(agent: Agent): Me {
  return { ...agentView(agent, true), preferences: Preferences.parse(agent.preferences ?? {}) };
}
