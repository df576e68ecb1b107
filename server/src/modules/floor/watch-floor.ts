import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Floor, FloorAgent, FloorChange, FloorQueue, FloorTicket } from '@switchboard/contract';
import { repeat } from '../../platform/clock/repeat.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG } from '../../platform/tokens.ts';
import { ReadFloor } from './read-floor.ts';
import { sameObject, sameText, ShownRows } from './shown-rows.ts';

export const FLOOR_ROOM = 'floor';
/** With what a look takes, well below the second that the floor may be behind. */
const EVERY_MS = 400;
/** Said so often when nothing changes: whoever hears nothing knows that the floor is old. */
const PULSE_MS = 2_000;

/** Looks at the floor while somebody at this process watches it, and tells them what has become another. */
@Injectable()
export class WatchFloor implements BeforeApplicationShutdown {
  private readonly queues = new ShownRows<FloorQueue>(sameText);
  private readonly agents = new ShownRows<FloorAgent>(sameText);
  private readonly tickets = new ShownRows<FloorTicket>(sameObject);
  private seq = 0;
  private asOf = new Date(0);
  private since: Floor['since'] = { now: '', today: '' };
  private toldAt = 0;
  private looking: Promise<void> | null = null;
  private stop: (() => Promise<void>) | null = null;

  constructor(
    @Inject(ReadFloor) private readonly floor: ReadFloor,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** As it is now; whoever is in the room hears each change after its seq. */
  async whole(): Promise<Floor> {
    await this.look();
    this.stop ??= repeat(
      EVERY_MS,
      () => this.turn(),
      (error) => this.log.warn('The floor could not be looked at', { error }),
    );
    return {
      ...{ seq: this.seq, asOf: this.asOf.toISOString(), since: this.since },
      ...{ queues: this.queues.all, agents: this.agents.all, tickets: this.tickets.all },
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop?.();
  }

  private async turn(): Promise<void> {
    if (this.sockets.countHere('/console', FLOOR_ROOM) > 0) return this.look();
    const { stop } = this;
    this.stop = null;
    // Not awaited: it waits for this turn.
    void stop?.();
  }

  private look(): Promise<void> {
    this.looking ??= this.tell().finally(() => (this.looking = null));
    return this.looking;
  }

  private async tell(): Promise<void> {
    const now = await this.floor.run();
    const [queues, agents, tickets] = [
      this.queues.show(now.queues),
      this.agents.show(now.agents),
      this.tickets.show(now.tickets),
    ];
    this.asOf = now.asOf;
    this.since = now.since;
    const changed = { queues: queues.changed, agents: agents.changed, tickets: tickets.changed };
    const gone = [...queues.gone, ...agents.gone, ...tickets.gone];
    const isNew = [...Object.values(changed), gone].some((rows) => rows.length > 0);
    if (!isNew && now.asOf.getTime() - this.toldAt < PULSE_MS) return;
    if (isNew) this.seq += 1;
    this.toldAt = now.asOf.getTime();
    const change: FloorChange = { seq: this.seq, asOf: now.asOf.toISOString(), since: now.since, ...changed, gone };
    this.sockets.emitHere('/console', FLOOR_ROOM, 'floor', change);
  }
}
