import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, StateCause } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { Agents, chosenOf, effective, isSame, type Agent, type Chosen, type Spell } from '../agents/index.ts';
import { pausesAfter, pausesFrom } from './pauses.ts';
import type { EndedSpell } from './state-spell.schema.ts';
import { next, type StateEvent } from './transitions.ts';

/** As often as others may be faster. */
const MOST_TRIES = 20;

export interface Wanted {
  readonly agentId: string;
  /** null: only what being connected, or not any more, makes of it. */
  readonly event: StateEvent | null;
  readonly cause: StateCause;
  readonly by?: { readonly id: string; readonly name: string };
  /** When it came about, if not now. */
  readonly at?: Date;
}

/**
 * The one place where a state changes. The choice, the spell that goes on and the one that it ends are kept with the agent and
 * change in one conditional write: however many processes and tabs try at once, there is one open spell. The ended ones go to
 * the history afterwards; who is killed before that leaves them with the agent, for the next to file.
 */
@Injectable()
export class ChangeState {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject('statespells') private readonly spells: Model<EndedSpell>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Tells consoles and routing of what has changed. */
  async run(wanted: Wanted): Promise<{ agent: Agent; changed: boolean }> {
    let { event } = wanted;
    let changed = false;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const agent = await this.directory.byId(wanted.agentId);
      if (agent === null) throw new HubError('not-found', 'There is no such agent');
      await this.file(agent);
      const write = await this.plan(agent, { ...wanted, event });
      if (write === null) {
        if (changed) await this.directory.announceState(agent._id);
        return { agent, changed };
      }
      const { modifiedCount } = await this.agents.updateOne(
        { _id: agent._id, standingVersion: agent.standingVersion ?? null },
        write,
      );
      if (modifiedCount === 0) continue;
      // Once more without the event: consoles may have come or gone while this was written.
      event = null;
      changed = true;
    }
    throw tooFast();
  }

  /** Of which channels nothing is given from now on. */
  async pause(agentId: string, paused: readonly ChannelKind[]): Promise<Agent> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const agent = await this.directory.byId(agentId);
      if (agent === null) throw new HubError('not-found', 'This agent is gone');
      const { spell = null, standingVersion } = agent;
      const isKept = spell !== null && spell.state !== 'offline';
      const pauses = isKept && { 'spell.paused': pausesAfter(spell.paused ?? [], paused, this.clock.now()) };
      const changed = await this.agents
        .findOneAndUpdate(
          { _id: agentId, standingVersion: standingVersion ?? null },
          { $set: { pausedChannels: [...paused], standingVersion: (standingVersion ?? 0) + 1, ...pauses } },
          { returnDocument: 'after' },
        )
        .lean<Agent>();
      if (changed === null) continue;
      await this.directory.announceState(agentId);
      return changed;
    }
    throw tooFast();
  }

  private async plan(agent: Agent, { event, cause, by = null, at }: Omit<Wanted, 'by'> & { by?: Wanted['by'] | null }) {
    const before = chosenOf(agent);
    const chosen = event === null ? null : next(before, event);
    const isThere = agent.active && (await this.directory.connected()).has(agent._id);
    const found = effective(chosen ?? before, isThere);
    const spell = agent.spell ?? null;
    if (chosen === null && isSame(spell, found)) return null;
    const version = { standingVersion: (agent.standingVersion ?? 0) + 1 };
    if (isSame(spell, found)) return { $set: { ...chosen, ...version } };
    const from = later(spell?.from, at ?? event?.at ?? this.clock.now());
    const begun: Spell = {
      _id: this.newId(),
      agentId: agent._id,
      state: found.state,
      reason: found.reason && { id: found.reason.id, name: found.reason.name },
      unavailable: isUnavailable(found),
      from,
      to: null,
      cause,
      by,
      paused: found.state === 'offline' ? [] : pausesFrom(agent.pausedChannels ?? [], from),
    };
    return {
      $set: { ...chosen, ...version, spell: begun },
      ...(spell !== null && { $push: { endedSpells: { ...spell, to: from } } }),
    };
  }

  private async file({ _id, endedSpells = [] }: Agent): Promise<void> {
    for (const spell of endedSpells) {
      try {
        await this.spells.create(spell as EndedSpell);
      } catch (error) {
        // Another has filed it just now.
        if (!isDuplicate(error)) throw error;
      }
      await this.agents.updateOne({ _id }, { $pull: { endedSpells: { _id: spell._id } } });
    }
  }
}

const tooFast = () => new HubError('conflict', 'Others are changing this state again and again: try once more');

/** Of who says no reason for being away nobody knows that they could have worked. */
const isUnavailable = ({ state, reason }: Chosen): boolean => reason?.unavailable ?? state === 'away';

/** The clocks of two processes differ: no spell ends before it began. */
const later = (from: Date | undefined, at: Date): Date => (from !== undefined && from > at ? from : at);
