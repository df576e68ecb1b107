import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HandlingSpells, StateSpells } from '../../agent-states/index.ts';
import { KeepQuarters } from '../rollups/keep-quarters.ts';
import { quarterOf, QUARTER_MS, type Stretch } from '../rollups/stretches.ts';
import { NO_QUEUE, type Fact } from './fact.schema.ts';
import { putFacts } from './measure-tickets.ts';

/** Makes facts of what people did for a time, cut by the quarters of an hour; one that goes on is made again as it grows. */
@Injectable()
export class MeasureSpells {
  constructor(
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject(HandlingSpells) private readonly handling: HandlingSpells,
    @Inject(StateSpells) private readonly states: StateSpells,
    @Inject(KeepQuarters) private readonly quarters: KeepQuarters,
  ) {}

  async run(stretch: Stretch): Promise<void> {
    const made = await this.of({ start: quarterOf(stretch.start), end: stretch.end });
    await putFacts(this.facts, made);
    await this.quarters.note(made);
  }

  /** As the spells have them; the stretch begins with a quarter of an hour. */
  async of(stretch: Stretch): Promise<Fact[]> {
    const facts: Fact[] = [];
    const add = (
      spell: { _id: string; from: Date; to: Date },
      kind: Fact['kind'],
      about: Pick<Fact, 'queueId' | 'agentId' | 'channel' | 'ticketId'>,
    ) => {
      for (const { start, ms } of slicesOf(spell, stretch))
        facts.push({
          ...{ _id: `${spell._id}:${quarterOf(start).toISOString()}:${kind}`, kind, at: start },
          ...{ ...about, tags: [], customerId: '', ms, businessMs: ms },
        });
    };
    for await (const { queueId, agentId, channel, ticketId, ...spell } of this.handling.between(
      stretch.start,
      stretch.end,
    ))
      add(spell, 'handled', { queueId, agentId, channel, ticketId });
    for await (const { agentId, state, unavailable, to, ...spell } of this.states.between(stretch.start, stretch.end)) {
      const about = { queueId: NO_QUEUE, agentId, channel: null, ticketId: '' };
      const whole = { ...spell, to: to ?? stretch.end };
      if (state === 'wrap-up') add(whole, 'wrapped-up', about);
      if (state !== 'offline' && !unavailable) add(whole, 'available', about);
    }
    return facts;
  }
}

/** The parts of a spell that lie in a stretch, by the quarter in which they are. */
export function slicesOf(spell: { from: Date; to: Date }, { start, end }: Stretch): { start: Date; ms: number }[] {
  const [from, to] = [Math.max(+spell.from, +start), Math.min(+spell.to, +end)];
  const slices: { start: Date; ms: number }[] = [];
  for (let at = from; at < to;) {
    const next = Math.min(to, +quarterOf(new Date(at)) + QUARTER_MS);
    slices.push({ start: new Date(at), ms: next - at });
    at = next;
  }
  return slices;
}
