import {
  AgentState,
  type AgentStanding,
  type AgentStateSettings,
  type AgentView,
  type CannedReply,
  Capabilities,
  type ChannelAccountView,
  DEFAULT_AGENT_STATES,
  DEFAULT_UNDO_SECONDS,
  type Handle,
  type QueueView,
} from '@switchboard/contract';
import { call } from '../api/client.ts';
import { live } from '../live/socket.svelte.ts';

type Page<T> = { items: T[]; next: string | null };
async function all<T>(read: (cursor: { cursor?: string; limit: number }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<T> = await read({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** What the work needs to know of the centre: colleagues, queues, channel accounts and what they can do, canned replies, the undo time. */
class Directory {
  #agents = $state.raw<readonly AgentView[]>([]);
  #queues = $state.raw<readonly QueueView[]>([]);
  #accounts = $state.raw<readonly ChannelAccountView[]>([]);
  #canned = $state.raw<readonly CannedReply[]>([]);
  #capabilities = $state.raw<ReadonlyMap<string, Capabilities>>(new Map());
  #undoSeconds = $state(DEFAULT_UNDO_SECONDS);
  #agentStates = $state.raw<AgentStateSettings>(DEFAULT_AGENT_STATES);

  get agents(): readonly AgentView[] {
    return this.#agents;
  }
  get activeAgents(): readonly AgentView[] {
    return this.#agents.filter((agent) => agent.active && !agent.invited);
  }
  /** The active ones as one looks for them: who is there first. */
  get byPresence(): readonly AgentView[] {
    const order = AgentState.options;
    return this.activeAgents.toSorted(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name),
    );
  }
  get queues(): readonly QueueView[] {
    return this.#queues;
  }
  get accounts(): readonly ChannelAccountView[] {
    return this.#accounts;
  }
  get canned(): readonly CannedReply[] {
    return this.#canned;
  }
  /** null: not known yet. */
  capabilitiesOf(channelAccountId: string): Capabilities | null {
    const account = this.#accounts.find((each) => each.id === channelAccountId);
    return (account && this.#capabilities.get(account.connectorId)) ?? null;
  }
  /** How long a reply can be undone where its agent leaves that to the organisation. */
  get undoSeconds(): number {
    return this.#undoSeconds;
  }
  /** Which reasons people can give, and after how long without a touch they are away. */
  get agentStates(): AgentStateSettings {
    return this.#agentStates;
  }
  /** Numbers of ours that calls can be made over. */
  get callable(): readonly ChannelAccountView[] {
    return this.#accounts.filter(
      (account) => account.state === 'active' && this.#capabilities.get(account.connectorId)?.call,
    );
  }
  /** Accounts over which the centre may write first. */
  get startable(): readonly ChannelAccountView[] {
    return this.#accounts.filter(
      (account) => account.state === 'active' && this.#capabilities.get(account.connectorId)?.conversation.start,
    );
  }
  /** Those that write to such an address. */
  startableTo(type: Handle['type']): readonly ChannelAccountView[] {
    return this.startable.filter(({ id }) => this.capabilitiesOf(id)?.conversation.start?.recipient === type);
  }

  /** Over which somebody with these addresses can be written to first, in the addresses' order. */
  startableFor(handles: readonly Handle[]): readonly ChannelAccountView[] {
    return [...new Set(handles.flatMap(({ type }) => this.startableTo(type)))];
  }

  /** Reads everything and follows what changes. Returns the way to stop. */
  start(): () => void {
    void this.readAll();
    const stops = [
      live.on('reconnected', () => this.readAll()),
      live.on('passing', (event) => {
        if (event.type === 'agent-state') this.#heardStanding(event.agentId, event);
        if (event.type !== 'stale') return;
        if (event.what === 'agents') void this.#readAgents().catch(() => this.#agents);
        if (event.what === 'queues') void this.#readQueues().catch(() => this.#queues);
        if (event.what === 'organisation') void this.#readOrganisation().catch(() => this.#undoSeconds);
        if (event.what === 'channel-accounts') void this.#readAccounts().catch(() => this.#accounts);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** What can't be read stays as it was; the reconnect reads again. */
  async readAll(): Promise<void> {
    await Promise.allSettled([
      this.#readAgents(),
      this.#readQueues(),
      this.#readAccounts(),
      this.readCanned(),
      this.#readConnectors(),
      this.#readOrganisation(),
    ]);
  }
  async readCanned(): Promise<void> {
    this.#canned = await all((query) => call('cannedReplies.list', { query }));
  }

  async #readAgents(): Promise<void> {
    this.#agents = await all((query) => call('agents.list', { query }));
  }
  async #readQueues(): Promise<void> {
    this.#queues = await all((query) => call('queues.list', { query }));
  }
  async #readAccounts(): Promise<void> {
    this.#accounts = await all((query) => call('channelAccounts.list', { query }));
  }
  async #readOrganisation(): Promise<void> {
    const { undoSeconds, agentStates } = await call('organisation.read');
    this.#undoSeconds = undoSeconds;
    this.#agentStates = agentStates;
  }
  async #readConnectors(): Promise<void> {
    const { items } = await call('connectors.list');
    this.#capabilities = new Map(
      items.map((connector) => [connector.id, Capabilities.parse(connector.capabilities)] as const),
    );
  }
  #heardStanding(agentId: string, { state, reason, since, until, pausedChannels }: AgentStanding): void {
    const standing = { state, reason, since, until, pausedChannels };
    this.#agents = this.#agents.map((agent) => (agent.id === agentId ? { ...agent, ...standing } : agent));
  }
}

export const directory = new Directory();
