import { Inject, Injectable } from '@nestjs/common';
import { Priority, type ExpectedWait } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { Ticket } from '../../tickets/index.ts';
import type { QueueDrain } from './drain.schema.ts';
import { estimateWait, waitText } from './estimate-wait.ts';

const MOST_KEPT = 60;
/** Who stands further back is told nothing: there the figures mean little. */
const MOST_TOLD = 200;
type Waiting = Pick<Ticket, '_id' | 'queueId' | 'priority' | 'createdAt'>;

/** The place of what waits, and how long it may take, from how its queue was drained lately. */
@Injectable()
export class ExpectWait {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('queuedrains') private readonly drains: Model<QueueDrain>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A ticket that waited in the queue is with somebody now. Once for each, however often it is told. */
  async drained({ _id: ticketId, queueId, waitingSince, createdAt }: Ticket): Promise<void> {
    const one = { ticketId, at: this.clock.now(), since: waitingSince ?? createdAt };
    try {
      await this.drains.updateOne(
        { _id: queueId, 'drained.ticketId': { $ne: ticketId } },
        { $push: { drained: { $each: [one], $slice: -MOST_KEPT } } },
        { upsert: true },
      );
    } catch (error) {
      // It is in there.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** How many of its queue come before it. */
  async ahead({ queueId, priority, createdAt }: Waiting): Promise<number> {
    const above = Priority.options.slice(Priority.options.indexOf(priority) + 1);
    const [pressing, older] = await Promise.all([
      this.tickets.countDocuments({ queueId, ...unassigned, priority: { $in: above } }),
      this.tickets.countDocuments({ queueId, ...unassigned, priority, createdAt: { $lt: createdAt } }),
    ]);
    return pressing + older;
  }

  async at(queueId: string, position: number): Promise<ExpectedWait> {
    return this.expected(position, await this.drainsOf(queueId));
  }

  /** Of all that wait in the queue, by ticket. */
  async ofQueue(queueId: string): Promise<Map<string, ExpectedWait>> {
    if ((await this.tickets.exists({ queueId, ...unassigned })) === null) return new Map();
    const lines = await Promise.all(Priority.options.toReversed().map((priority) => this.line(queueId, priority)));
    const drained = await this.drainsOf(queueId);
    const inOrder = lines.flat().slice(0, MOST_TOLD);
    return new Map(inOrder.map(({ _id }, index) => [_id, this.expected(index + 1, drained)]));
  }

  private line(queueId: string, priority: Priority): Promise<Waiting[]> {
    return this.tickets
      .find({ queueId, ...unassigned, priority }, { queueId: 1, priority: 1, createdAt: 1 })
      .sort({ createdAt: 1, _id: 1 })
      .limit(MOST_TOLD)
      .lean<Waiting[]>()
      .exec();
  }

  private async drainsOf(queueId: string): Promise<{ at: number; since: number }[]> {
    const found = await this.drains.findById(queueId).lean<QueueDrain>();
    return (found?.drained ?? []).map(({ at, since }) => ({ at: at.getTime(), since: since.getTime() }));
  }

  private expected(position: number, drained: readonly { at: number; since: number }[]): ExpectedWait {
    const range = estimateWait({ position, drained, now: this.clock.now().getTime() });
    return { position, range, text: waitText(position, range) };
  }
}

const unassigned = { assigneeId: null, active: true } as const;
