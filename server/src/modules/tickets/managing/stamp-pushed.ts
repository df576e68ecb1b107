import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { MessageEntry } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { Soon } from '../../../platform/clock/soon.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, LOG } from '../../../platform/tokens.ts';
import { FlowTimes } from '../../flow/index.ts';
import type { StoredEntry } from '../entry.schema.ts';
import { ticketRoom } from '../ticket-access.ts';

const WRITE_MS = 100;
/** A store that is slower than this fills up with has other worries: further times stay unknown. */
const MOST_WAITING = 5000;

/**
 * When the consoles were told of a customer's message. It is no change of the ticket: no seq, no event, and one write for all
 * messages of a tenth of a second. A process that is killed takes those with it, and their time stays unknown: only a
 * message's own telling is stamped, never a later one of its ticket.
 */
@Injectable()
export class StampPushed implements BeforeApplicationShutdown {
  private waiting = new Map<string, { ticketId: string; at: Date }>();
  private readonly soon: Soon;

  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    this.soon = new Soon(
      WRITE_MS,
      () => this.write(),
      (error) => log.warn('The times of pushed messages were not stored and stay unknown', { error }),
    );
  }

  of({ id, ticketId, direction, channel, passport: { receivedAt, storedAt, pushedAt } }: MessageEntry): void {
    if (direction === 'out' || pushedAt !== undefined) return;
    const at = this.clock.now();
    if (storedAt !== undefined) this.times.took(channel, 'in', 'pushed', new Date(storedAt), at);
    if (receivedAt !== undefined) this.times.took(channel, 'in', 'total', new Date(receivedAt), at);
    if (this.waiting.size >= MOST_WAITING || this.waiting.has(id)) return;
    this.waiting.set(id, { ticketId, at });
    this.soon.due();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.soon.close();
  }

  /** Told again, by this process or another: the first time stays. */
  private async write(): Promise<void> {
    const stamps = [...this.waiting];
    this.waiting = new Map();
    await this.entries.bulkWrite(
      stamps.map(([_id, { at }]) => ({
        updateOne: { filter: { _id }, update: { $min: { 'milestones.pushedAt': at } } },
      })),
      { ordered: false },
    );
    // To all who have one of them open, at once: each of them looks only if a passport is before them.
    const rooms = [...new Set(stamps.map(([, { ticketId }]) => ticketRoom(ticketId)))];
    this.sockets.emit('/console', rooms, 'passing', { type: 'stamped' });
  }
}
