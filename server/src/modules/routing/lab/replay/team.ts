import type { AgentState, Capacity, ChannelKind, ChannelLoad } from '@switchboard/contract';
import { loadOf, noRoom, type Load, type Work } from '../../capacity.ts';
import type { Standing } from '../../standings.ts';
import type { AgentLoadPlayed, LabAgent, Rules, Scene } from './scene.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };
/** As the routing remembers people, only that here it changes in place. */
interface PlayedStanding extends Standing {
  readonly member: Open<Standing['member']>;
  readonly own: { load: Open<NonNullable<Standing['own']>['load']>; works: Open<Work>[]; readAt: number };
}
interface Player {
  readonly agent: LabAgent;
  readonly standing: PlayedStanding;
  onDuty: boolean;
  /** Let an offer pass that sends away who does: until their duty ends. */
  away: boolean;
  wrapUpUntil: number;
  load: Load;
  /** Up to when it is summed, and with how much of the capacity in use. */
  summedUntil: number;
  used: number;
  readonly sums: Open<AgentLoadPlayed>;
}

/** Who is there, and what they have in work. */
export class Team {
  private readonly players: ReadonlyMap<string, Player>;
  private readonly byQueue = new Map<string, Player[]>();

  constructor(
    rules: Rules,
    private readonly capacity: Capacity,
    private readonly scene: Scene,
  ) {
    this.players = new Map(rules.agents.map((agent) => [agent.id, playerOf(agent, scene)]));
    for (const player of this.players.values())
      for (const queueId of player.agent.queueIds)
        this.byQueue.set(queueId, [...(this.byQueue.get(queueId) ?? []), player]);
  }

  /** On duty, and not sent away. */
  isThere(agentId: string): boolean {
    const player = this.players.get(agentId);
    return player !== undefined && player.onDuty && !player.away;
  }

  queuesOf(agentId: string): readonly string[] {
    return this.players.get(agentId)?.agent.queueIds ?? [];
  }

  /** Those of some queues who have room for it: nobody else is ever chosen, and most of the time nobody has. */
  withRoom(queueIds: readonly string[], weighs: ChannelLoad): Standing[] {
    const members =
      queueIds.length === 1
        ? (this.byQueue.get(queueIds[0] ?? '') ?? [])
        : [...new Set(queueIds.flatMap((id) => this.byQueue.get(id) ?? []))];
    return members.filter((player) => this.hasRoom(player, weighs)).map(({ standing }) => standing);
  }

  duty(agentId: string, begins: boolean, now: number): void {
    const player = this.at(agentId, now);
    if (player === undefined) return;
    player.onDuty = begins;
    player.away = false;
    if (begins) player.standing.own.load.idleSince = new Date(now);
    this.settle(player, now);
  }

  sendAway(agentId: string, now: number): void {
    const player = this.at(agentId, now);
    if (player === undefined) return;
    player.away = true;
    this.settle(player, now);
  }

  wrapUp(agentId: string, until: number, now: number): void {
    const player = this.at(agentId, now);
    if (player === undefined) return;
    player.wrapUpUntil = Math.max(player.wrapUpUntil, until);
    this.settle(player, now);
  }

  /** A wrap-up or an idle conversation may be over. */
  look(agentId: string, now: number): void {
    const player = this.at(agentId, now);
    if (player !== undefined) this.settle(player, now);
  }

  /** `given` by the routing: with how full that makes them. */
  take(agentId: string, work: { key: number; channel: ChannelKind; since: number }, given: boolean, now: number) {
    const player = this.at(agentId, now);
    if (player === undefined) return;
    const { own } = player.standing;
    const { channel } = work;
    const ticketId = String(work.key);
    own.works = own.works.filter((each) => each.ticketId !== ticketId);
    own.works.push({ ticketId, channel, waitingSince: new Date(work.since), lastWordAt: null });
    this.settle(player, now);
    if (!given) return;
    own.load.givenAt = own.load.idleSince = new Date(now);
    player.sums.fullest = Math.max(player.sums.fullest, player.used);
  }

  /** Somebody wrote in it: the agent, or the customer, who waits from then on. */
  word(agentId: string, key: number, by: 'agent' | 'customer', now: number): void {
    const player = this.at(agentId, now);
    const work = player?.standing.own.works.find((each) => each.ticketId === String(key));
    if (player === undefined || work === undefined) return;
    work.waitingSince = by === 'agent' ? null : (work.waitingSince ?? new Date(now));
    work.lastWordAt = new Date(now);
    this.settle(player, now);
  }

  drop(agentId: string, key: number, now: number): void {
    const player = this.at(agentId, now);
    if (player === undefined) return;
    const { own } = player.standing;
    own.works = own.works.filter((each) => each.ticketId !== String(key));
    own.load.idleSince = new Date(now);
    this.settle(player, now);
  }

  countGiven(agentId: string): void {
    const sums = this.players.get(agentId)?.sums;
    if (sums !== undefined) sums.given += 1;
  }

  /** How busy everybody was. */
  played(): AgentLoadPlayed[] {
    return [...this.players.values()].map((player) => {
      this.at(player.agent.id, this.scene.to);
      return player.sums;
    });
  }

  /** Sums up to now what was as it was. */
  private at(agentId: string, now: number): Player | undefined {
    const player = this.players.get(agentId);
    if (player === undefined) return undefined;
    const [from, to] = [Math.max(player.summedUntil, this.scene.from), Math.min(now, this.scene.to)];
    if (player.onDuty && to > from) {
      player.sums.dutyMs += to - from;
      player.sums.usedMs += Math.min(1, player.used) * (to - from);
    }
    player.summedUntil = Math.max(player.summedUntil, now);
    return player;
  }

  private hasRoom({ standing, load, agent }: Player, weighs: ChannelLoad): boolean {
    const isReady = standing.member.state === 'ready';
    return isReady && noRoom(load, agent.capacity ?? this.capacity.perAgent, weighs) === null;
  }

  private settle(player: Player, now: number): void {
    const { standing, agent } = player;
    standing.member.state = stateOf(player, now);
    const room = agent.capacity ?? this.capacity.perAgent;
    player.load = loadOf(standing.own.works, this.capacity.channels, new Date(now));
    const { used, exclusive } = player.load;
    player.used = exclusive ? 1 : room === 0 ? 0 : used / room;
  }
}

function stateOf({ onDuty, away, wrapUpUntil }: Player, now: number): AgentState {
  if (!onDuty) return 'offline';
  if (away) return 'away';
  return now < wrapUpUntil ? 'wrap-up' : 'ready';
}

function playerOf(agent: LabAgent, { start }: Scene): Player {
  const { id, name, skills, queueIds, capacity } = agent;
  const load = { _id: id, version: 0, holds: [], givenAt: null, idleSince: null };
  return {
    agent,
    standing: {
      member: { agent: { id, name }, state: 'offline', pausedChannels: [], capacity, skills, queueIds },
      own: { load, works: [], readAt: 0 },
    },
    ...{ onDuty: false, away: false, wrapUpUntil: 0, load: { used: 0, exclusive: false }, summedUntil: start, used: 0 },
    sums: { agentId: id, dutyMs: 0, usedMs: 0, fullest: 0, given: 0 },
  };
}
