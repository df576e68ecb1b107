import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Ticket } from '../ticket.schema.ts';

export interface Arrivals {
  readonly queueId: string;
  readonly channel: ChannelKind;
  /** For each quarter of an hour since the start. */
  readonly counts: readonly number[];
}

const QUARTER_MS = 15 * 60_000;

/** Tickets that customers opened, by queue and the channel that they came over: not those that we began or split off. */
@Injectable()
export class CountArrivals {
  constructor(@Inject('tickets') private readonly tickets: Model<Ticket>) {}

  async oldest(): Promise<Date | null> {
    const oldest = await this.tickets.findOne({}, { createdAt: 1 }).sort({ createdAt: 1 }).lean<Ticket>();
    return oldest?.createdAt ?? null;
  }

  async between(from: Date, to: Date): Promise<Arrivals[]> {
    const found = new Map<string, Arrivals & { counts: number[] }>();
    const opened = this.tickets
      .find({ createdAt: { $gte: from, $lt: to } }, { createdAt: 1, queueId: 1, channels: 1, channel: 1, openedBy: 1 })
      .sort({ createdAt: 1 })
      .lean<Ticket>()
      .cursor();
    for await (const ticket of opened) {
      if (/^(start|split):/.test(ticket.openedBy)) continue;
      const { queueId, channels, createdAt } = ticket;
      const channel = channels[0] ?? ticket.channel;
      const key = `${queueId}:${channel}`;
      const counts = found.get(key)?.counts ?? blank(from, to);
      counts[Math.floor((createdAt.getTime() - from.getTime()) / QUARTER_MS)]! += 1;
      found.set(key, { queueId, channel, counts });
    }
    return [...found.values()];
  }
}

const blank = (from: Date, to: Date) => Array<number>(Math.ceil((to.getTime() - from.getTime()) / QUARTER_MS)).fill(0);
