import { Inject, Injectable } from '@nestjs/common';
import type { StateSpell } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { readTimeCursor, timeCursor, type Page } from '../../platform/database/page.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Agents, type Agent, type Spell } from '../agents/index.ts';
import { spellView, type EndedSpell } from './state-spell.schema.ts';

const PAGE = 500;

/** What people were doing, and for how long. */
@Injectable()
export class StateSpells {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject('statespells') private readonly spells: Model<EndedSpell>,
    @Inject(Agents) private readonly directory: Agents,
  ) {}

  /** Of one agent, the latest first, beginning with the one that goes on. */
  async page(
    agentId: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<Page<StateSpell>> {
    const agent = await this.directory.byId(agentId);
    if (agent === null) throw new HubError('not-found', 'There is no such agent');
    const before = cursor === undefined ? null : readTimeCursor(cursor);
    const found = await this.spells
      .find({ agentId, ...(before !== null && beyond(before)) })
      .sort({ from: -1, _id: -1 })
      .limit(limit + 1)
      .lean<EndedSpell[]>();
    const fresh = kept(agent, found).toReversed();
    const all = [...(before === null ? fresh : fresh.filter((spell) => isBeyond(spell, before))), ...found];
    const items = all.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(spellView), next: all.length > limit && last ? timeCursor(last.from, last._id) : null };
  }

  /**
   * All spells that overlap the time from `from` until before `to`, uncut: those that are over in the order of their ends, then
   * those that go on (`to` null). A spell that ends while this is read comes once.
   */
  async *between(from: Date, to: Date): AsyncGenerator<Spell> {
    // The agents first: what ends meanwhile is then in the history, too, and not between the two.
    const agents = await this.agents
      .find({ 'spell.state': { $in: ['ready', 'busy', 'wrap-up', 'away', 'offline'] } }, { spell: 1, endedSpells: 1 })
      .lean<Agent[]>();
    const told = new Set<string>();
    for (let after: EndedSpell | undefined; ;) {
      const page = await this.spells
        .find({ to: { $gt: from }, from: { $lt: to }, ...(after !== undefined && nextAfter(after)) })
        .sort({ to: 1, _id: 1 })
        .limit(PAGE)
        .lean<EndedSpell[]>();
      for (const spell of page) told.add(spell._id);
      yield* page;
      after = page.at(-1);
      if (page.length < PAGE) break;
    }
    for (const agent of agents)
      for (const spell of kept(agent, []))
        if (!told.has(spell._id) && spell.from < to && (spell.to ?? to) > from) yield spell;
  }
}

/** Those that the agent has and the history not yet, the oldest first. */
function kept({ spell, endedSpells = [] }: Pick<Agent, 'spell' | 'endedSpells'>, filed: readonly Spell[]): Spell[] {
  const known = new Set(filed.map(({ _id }) => _id));
  return [...endedSpells.filter(({ _id }) => !known.has(_id)), ...(spell ? [spell] : [])];
}

interface Place {
  readonly at: Date;
  readonly id: string;
}
const isBeyond = ({ from, _id }: Spell, { at, id }: Place) => from < at || (+from === +at && _id < id);
const beyond = ({ at, id }: Place) => ({
  from: { $lte: at },
  $or: [{ from: { $lt: at } }, { from: at, _id: { $lt: id } }],
});
const nextAfter = ({ to, _id }: EndedSpell) => ({
  to: { $gte: to },
  $or: [{ to: { $gt: to } }, { to, _id: { $gt: _id } }],
});
