import { Preferences, type AgentView, type Me, type Role, type Skill } from '@switchboard/contract';
import { Schema } from 'mongoose';
import { standingFields, standingView, type StoredStanding } from './agent-standing.ts';

/** Whoever works here. Deactivated, never deleted: conversations keep naming them. */
export interface Agent extends StoredStanding {
  _id: string;
  name: string;
  /** Lower case, unique. */
  email: string;
  role: Role;
  active: boolean;
  queueIds: string[];
  /** How much work at once; null, or not there: as everyone in the organisation. */
  capacity?: number | null;
  skills?: Skill[];
  /** Which of the agent's pictures is shown; null: initials. */
  picture: string | null;
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
    ...standingFields,
    queueIds: [String],
    capacity: Number,
    skills: { type: [mixed], default: undefined },
    picture: { type: String, default: null },
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
agentSchema.index({ active: 1, _id: 1 });
agentSchema.index({ role: 1 });
agentSchema.index({ 'spell.state': 1 });
agentSchema.index({ 'invitation.tokenHash': 1 });
agentSchema.index({ first: 1 }, { unique: true, sparse: true });

/** Who leads is given nothing by opening the console: they choose to be ready, and that is remembered. */
export const firstState = (role: Role): Agent['state'] => (role === 'agent' ? 'ready' : 'busy');

export function newAgent(
  given: Pick<Agent, '_id' | 'name' | 'email' | 'role' | 'queueIds' | 'createdAt'> & Partial<Agent>,
): Agent {
  return {
    active: true,
    state: firstState(given.role),
    picture: null,
    preferences: {},
    passwordHash: null,
    invitation: null,
    ...given,
    email: given.email.toLowerCase(),
  };
}

/** The picture's id in the media store. */
export const pictureFile = (agentId: string, picture: string): string => `face-${agentId}-${picture}`;

/** Its address changes with the picture: browsers keep each for good. Below the hub's own address. */
export const pictureOf = ({ _id, picture }: Pick<Agent, '_id' | 'picture'>): { avatarUrl?: string } =>
  picture ? { avatarUrl: `/faces/${_id}/${picture}` } : {};

export function agentView(agent: Agent, connected: boolean, now: Date): AgentView {
  const { _id, name, email, role, active, queueIds, capacity = null, skills = [], passwordHash, createdAt } = agent;
  return {
    id: _id,
    name,
    email,
    role,
    ...pictureOf(agent),
    active,
    ...standingView(agent, connected, now),
    queueIds,
    capacity,
    skills,
    invited: passwordHash === null,
    createdAt: createdAt.toISOString(),
  };
}

/** One's own view: the state as chosen, for the console that asks may not be connected yet. */
export function meView(agent: Agent, now: Date): Me {
  return {
    ...agentView(agent, true, now),
    preferences: Preferences.parse(agent.preferences ?? {}),
    returned: (agent.returned ?? []).map(({ at, ...work }) => ({ ...work, at: at.toISOString() })),
  };
}
