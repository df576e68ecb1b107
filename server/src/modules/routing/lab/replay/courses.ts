import { patienceOf, type Patience } from './patience.ts';
import { random } from './random.ts';
import type { Arrival, Course, Scene } from './scene.ts';

const FEWEST = 5;
const nothing: Course = { steps: [], handledMs: 0 };

/** How long customers wait, and what becomes of a ticket that somebody has: as it was, and where that is not known as it was of others. */
export class Courses {
  drew = false;
  private readonly pools = new Map<string, Course[]>();
  private readonly patience = new Map<string, Patience>();

  constructor(
    private readonly scene: Scene,
    private readonly seed: number,
  ) {
    for (const { queueId, channel, course } of scene.arrivals)
      if (course !== null)
        for (const key of [`${queueId} ${channel}`, channel]) {
          const pool = this.pools.get(key);
          if (pool === undefined) this.pools.set(key, [course]);
          else pool.push(course);
        }
    const waiting = scene.arrivals.filter((arrival) => arrival.live && arrival.placedWith === null);
    for (const channel of new Set(waiting.map((arrival) => arrival.channel)))
      this.patience.set(channel, patienceOf(waiting.filter((arrival) => arrival.channel === channel).map(waitOf)));
  }

  of(at: number): Course {
    const { queueId, channel, course } = this.scene.arrivals[at] as Arrival;
    if (course !== null) return course;
    const own = this.pools.get(`${queueId} ${channel}`) ?? [];
    const pool = own.length >= FEWEST ? own : (this.pools.get(channel) ?? own);
    if (pool.length === 0) return nothing;
    this.drew ||= pool.length > 1;
    return pool[Math.floor(random(this.seed, at, 'course') * pool.length)] ?? nothing;
  }

  /** After how much waiting it is gone; null: it waits until somebody has it. */
  leaves(at: number): { readonly after: number; readonly as: 'abandoned' | 'closed' } | null {
    const { channel, live, waited, gone } = this.scene.arrivals[at] as Arrival;
    if (gone !== null) return gone;
    const patience = this.patience.get(channel);
    if (!live || patience === undefined) return null;
    const after = patience(random(this.seed, at, 'patience'), waited ?? 0);
    if (after === Infinity) return null;
    this.drew = true;
    return { after, as: 'abandoned' };
  }
}

const waitOf = ({ waited, gone }: Arrival) => ({
  ms: waited ?? gone?.after ?? 0,
  left: gone?.as === 'abandoned',
});
