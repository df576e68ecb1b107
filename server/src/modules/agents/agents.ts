import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AgentStanding,
  AgentState,
  AgentView,
  ChannelKind,
  Me,
  Passing,
  Role,
  Skill,
} from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { pageBy, type Page } from '../../platform/database/page.ts';
import { SharedCopy } from '../../platform/database/shared-copy.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Presence } from '../../platform/presence/presence.ts';
import { BUS, CLOCK, NEW_ID, PRESENCE } from '../../platform/tokens.ts';
import { agentView, meView, pictureOf, type Agent } from './agent.schema.ts';
import { chosenOf, effective, isSame, standingView } from './agent-standing.ts';

export interface Face {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** Somebody to whom work of a queue could be given; `capacity` null: as everyone in the organisation. */
export interface Member {
  readonly agent: Face;
  readonly state: AgentState;
  /** The channels of which nothing is given to them now. */
  readonly pausedChannels: readonly ChannelKind[];
  readonly capacity: number | null;
  readonly skills: readonly Skill[];
  readonly queueIds: readonly string[];
}

/** With why, and since when, they are in their state; `since` null: never otherwise, or it has begun just now. */
export type Colleague = Member & {
  readonly reason: AgentStanding['reason'];
  readonly since: Date | null;
  /** What went back to its queue while they were gone, and was not told to them yet. */
  readonly returned: { readonly count: number; readonly at: Date } | null;
};

/** On the bus: what work somebody may have is another. */
export const AGENT_CHANGED = 'agent.changed';
/** Broadcast when somebody comes, goes or is in another state. */
export const AGENTS_MOVED = 'agents-moved';

/** Read of all of them, again and again: no preferences, no secrets. */
const OF_MEMBERS = { name: 1, picture: 1, state: 1, pausedChannels: 1, capacity: 1, skills: 1, queueIds: 1 } as const;

const OF_COLLEAGUES = { ...OF_MEMBERS, reason: 1, chosenAt: 1, until: 1, spell: 1, returned: 1, createdAt: 1 } as const;

/** The directory of agents. Who is connected is what the console's sockets enter under `consoles`. */
@Injectable()
export class Agents implements OnModuleInit {
  private readonly faces: SharedCopy<Map<string, Face>>;

  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {
    this.faces = new SharedCopy('agent-faces', () => this.facesOf({}), bus, clock);
  }

  onModuleInit(): Promise<void> {
    return this.faces.follow();
  }

  byId(id: string): Promise<Agent | null> {
    return this.agents.findById(id).lean<Agent>();
  }

  byEmail(email: string): Promise<Agent | null> {
    return this.agents.findOne({ email: email.toLowerCase() }).lean<Agent>();
  }

  /** Who can be written to about the centre itself. */
  withRoles(roles: readonly Role[]): Promise<Agent[]> {
    return this.agents
      .find({ role: { $in: [...roles] }, active: true })
      .limit(50)
      .lean<Agent[]>()
      .exec();
  }

  /** Is one of these addresses a colleague's? */
  async isOneOf(emails: readonly string[]): Promise<boolean> {
    return emails.length > 0 && (await this.agents.exists({ email: { $in: [...emails] }, active: true })) !== null;
  }

  async me(id: string): Promise<Me> {
    const agent = await this.byId(id);
    if (agent === null) throw new HubError('not-found', 'There is no such agent');
    return this.ownView(agent);
  }

  ownView(agent: Agent): Me {
    return meView(agent, this.clock.now());
  }

  async page(ask: { cursor?: string | undefined; limit: number }): Promise<Page<AgentView>> {
    const [{ items, next }, connected] = await Promise.all([pageBy(this.agents, '_id', ask), this.connected()]);
    const now = this.clock.now();
    return { items: items.map((agent) => agentView(agent, connected.has(agent._id), now)), next };
  }

  async view(agent: Agent): Promise<AgentView> {
    return agentView(agent, (await this.connected()).has(agent._id), this.clock.now());
  }

  /** Asked for with every ticket that is told of, so each process keeps the faces of all in memory. */
  async names(ids: readonly string[]): Promise<Map<string, Face>> {
    if (ids.length === 0) return new Map();
    const faces = await this.faces.read();
    const strangers = ids.filter((id) => !faces.has(id));
    return strangers.length === 0 ? faces : new Map([...faces, ...(await this.facesOf({ _id: { $in: strangers } }))]);
  }

  /** Somebody's name or picture is another. */
  facesChanged(): Promise<void> {
    return this.faces.changed();
  }

  /** Who may be given work of the queue now: a member, active, ready and connected. */
  async readyFor(queueId: string): Promise<Face[]> {
    const connected = await this.connected();
    if (connected.size === 0) return [];
    const members = await this.agents.find({ queueIds: queueId, active: true, state: 'ready' }).lean<Agent[]>();
    return members.filter(({ _id }) => connected.has(_id)).map(faceOf);
  }

  /** All who could be given work of one of the queues if their state were right. */
  membersOf(queueIds: readonly string[]): Promise<Member[]> {
    return this.membersWhere({ queueIds: { $in: [...queueIds] }, active: true });
  }

  /** All who could be given work, or those of them. */
  members(ids?: readonly string[]): Promise<Member[]> {
    return this.membersWhere({ active: true, ...(ids !== undefined && { _id: { $in: [...ids] } }) });
  }

  private async membersWhere(filter: QueryFilter<Agent>): Promise<Member[]> {
    const [members, connected] = await Promise.all([
      this.agents.find(filter, OF_MEMBERS).sort({ _id: 1 }).lean<Agent[]>(),
      this.connected(),
    ]);
    return members.map((agent) => memberOf(agent, connected.has(agent._id)));
  }

  /** All who are active, for who shows them. */
  async colleagues(): Promise<Colleague[]> {
    const [agents, connected] = await Promise.all([
      this.agents.find({ active: true }, OF_COLLEAGUES).sort({ _id: 1 }).lean<Agent[]>(),
      this.connected(),
    ]);
    return agents.map((agent) => {
      const isThere = connected.has(agent._id);
      const found = effective(chosenOf(agent), isThere);
      const spell = agent.spell ?? null;
      return {
        ...memberOf(agent, isThere),
        reason: found.reason && { id: found.reason.id, name: found.reason.name },
        since: spell !== null && isSame(spell, found) ? spell.from : null,
        returned: returnedOf(agent),
      };
    });
  }

  /** Some of those who are at work: what a customer sees of the team. */
  async onlineNames(limit: number): Promise<Face[]> {
    const connected = [...(await this.connected())];
    if (connected.length === 0) return [];
    const filter = { _id: { $in: connected }, active: true, state: { $in: ['ready', 'busy', 'wrap-up'] as const } };
    return (await this.agents.find(filter).sort({ _id: 1 }).limit(limit).lean<Agent[]>()).map(faceOf);
  }

  /** Tells the consoles; also when an agent's first console connects or the last one leaves. */
  async announceState(agentId: string): Promise<void> {
    const agent = await this.byId(agentId);
    if (agent === null) return;
    const standing = standingView(agent, (await this.connected()).has(agentId), this.clock.now());
    const event: Passing = { type: 'agent-state', agentId, ...standing };
    this.sockets.emit('/console', 'agents', 'passing', event);
    await this.bus.broadcast(AGENTS_MOVED, {});
    await this.tell(agentId);
  }

  /** Another state, other rights, skills or room for work. */
  tell(agentId: string): Promise<void> {
    return this.bus.publish({ topic: AGENT_CHANGED, key: agentId, id: this.newId(), payload: { agentId } });
  }

  private async facesOf(filter: QueryFilter<Agent>): Promise<Map<string, Face>> {
    const found = await this.agents.find(filter, { name: 1, picture: 1 }).lean<Agent[]>();
    return new Map(found.map((agent) => [agent._id, faceOf(agent)]));
  }

  /** Who has a console open, on any process. */
  async connected(): Promise<Set<string>> {
    return new Set(await this.presence.members('consoles'));
  }
}

const faceOf = (agent: Agent): Face => ({ id: agent._id, name: agent.name, ...pictureOf(agent) });

function returnedOf({ returned = [] }: Agent): Colleague['returned'] {
  const last = returned.at(-1);
  return last === undefined ? null : { count: returned.length, at: last.at };
}

const memberOf = (agent: Agent, isThere: boolean): Member => ({
  agent: faceOf(agent),
  state: isThere ? agent.state : 'offline',
  pausedChannels: agent.pausedChannels ?? [],
  capacity: agent.capacity ?? null,
  skills: agent.skills ?? [],
  queueIds: agent.queueIds,
});
