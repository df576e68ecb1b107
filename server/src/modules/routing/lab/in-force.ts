import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { Capacity, LabAgentChange, QueueRouting, type LabChanges, type LabConflict } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Agent } from '../../agents/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import type { Snapshot } from './draft.schema.ts';

/** One thing that a draft changes, whatever it is. */
export interface Part {
  readonly what: LabConflict['what'];
  readonly id: string;
  readonly value: unknown;
}
const ORGANISATION = 'organisation';

/** As the contract has it: what was stored before a field was thought of is the same with its default. */
const plain = {
  queue: (value: unknown) => QueueRouting.parse(value),
  agent: (value: unknown) => {
    const agent = LabAgentChange.parse(value);
    return { ...agent, queueIds: agent.queueIds.toSorted() };
  },
  capacity: (value: unknown) => Capacity.parse(value),
} as const;

export const partsOf = ({ queues, agents, capacity }: Snapshot): Part[] => [
  ...queues.map(({ queueId, routing }) => ({ what: 'queue', id: queueId, value: plain.queue(routing) }) as const),
  ...agents.map((agent) => ({ what: 'agent', id: agent.agentId, value: plain.agent(agent) }) as const),
  ...(capacity === null ? [] : [{ what: 'capacity', id: ORGANISATION, value: plain.capacity(capacity) } as const]),
];
export const isSame = (one: Part | undefined, other: Part | undefined): boolean =>
  isDeepStrictEqual(one?.value, other?.value);
export const partIn = (parts: readonly Part[], { what, id }: Part): Part | undefined =>
  parts.find((part) => part.what === what && part.id === id);

/** What of the rules is in force now. */
@Injectable()
export class InForce {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  /** Of what the changes are about. Read anew: a decision on writing hangs on it. */
  async of(about: Pick<LabChanges, 'queues' | 'agents' | 'capacity'> | Snapshot): Promise<Snapshot> {
    await this.queues.readAnew();
    const queues = new Map((await this.queues.all()).map((queue) => [queue.id, queue]));
    const ids = about.agents.map(({ agentId }) => agentId);
    const agents = new Map((await this.agentsOf(ids)).map((agent) => [agent._id, agent]));
    return {
      queues: about.queues.flatMap(({ queueId }) => {
        const queue = queues.get(queueId);
        return queue === undefined ? [] : [{ queueId, routing: queue.routing }];
      }),
      agents: ids.flatMap((id) => {
        const agent = agents.get(id);
        return agent === undefined ? [] : [settingsOf(agent)];
      }),
      capacity: about.capacity === null ? null : (await this.organisations.read()).capacity,
    };
  }

  agentsOf(ids: readonly string[]): Promise<Agent[]> {
    const fields = { name: 1, active: 1, skills: 1, queueIds: 1, capacity: 1 };
    return this.agents
      .find({ _id: { $in: [...ids] } }, fields)
      .lean<Agent[]>()
      .exec();
  }

  /** Those that are in force neither as in the one nor as in the other. */
  async neither(one: Snapshot, other: Snapshot): Promise<LabConflict[]> {
    const now = partsOf(await this.of(other));
    const [ones, others] = [partsOf(one), partsOf(other)];
    const changed = others.filter((part) => {
      const current = partIn(now, part);
      return !isSame(current, part) && (current === undefined || !isSame(current, partIn(ones, part)));
    });
    return Promise.all(changed.map(async ({ what, id }) => ({ what, id, name: await this.nameOf(what, id) })));
  }

  private async nameOf(what: LabConflict['what'], id: string): Promise<string> {
    if (what === 'queue') return (await this.queues.byId(id))?.name ?? 'A queue that is not there any more';
    if (what === 'agent') return (await this.agentsOf([id]))[0]?.name ?? 'Somebody who is not there any more';
    return 'Capacity';
  }
}

export const settingsOf = ({ _id, skills = [], queueIds, capacity = null }: Agent): LabAgentChange => ({
  ...{ agentId: _id, skills, queueIds, capacity },
});
