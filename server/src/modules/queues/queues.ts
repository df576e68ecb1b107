import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FeedbackSettings, OwnWrapUp, QueueRouting } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/bus.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { SharedCopy } from '../../platform/database/shared-copy.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { BUS, CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { queueOf, type OwnTargets, type Queue, type StoredQueue } from './queue.schema.ts';

/** On the bus: a queue or who is in it is another. */
export const QUEUE_CHANGED = 'queue.changed';

export interface QueueSettings {
  name: string;
  routing?: QueueRouting | undefined;
  feedback?: FeedbackSettings | undefined;
  wrapUp?: OwnWrapUp | undefined;
}

/** All queues: few, and asked for with every ticket, so each process keeps them in memory. */
@Injectable()
export class Queues implements OnModuleInit {
  private readonly copy: SharedCopy<Map<string, Queue>>;

  constructor(
    @Inject('queues') private readonly queues: Model<StoredQueue>,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {
    this.copy = new SharedCopy('queues', () => this.load(), bus, clock);
  }

  async onModuleInit(): Promise<void> {
    await this.copy.follow();
    await this.default();
  }

  /** Oldest first. */
  async all(): Promise<Queue[]> {
    return [...(await this.copy.read()).values()];
  }

  /** For who was told of a change over the bus, which may be ahead of the announcement. */
  readAnew(): Promise<void> {
    this.copy.forget();
    return this.copy.read().then(() => {});
  }

  async byId(id: string): Promise<Queue | null> {
    return (await this.copy.read()).get(id) ?? null;
  }

  /** Of these, or of all. */
  async names(ids?: readonly string[]): Promise<Map<string, string>> {
    const queues = await this.all();
    return new Map(queues.filter(({ id }) => ids?.includes(id) ?? true).map(({ id, name }) => [id, name]));
  }

  /** Where work goes that nobody has placed: the oldest queue; the first one is made here. */
  async default(): Promise<Queue> {
    const [oldest] = await this.all();
    if (oldest !== undefined) return oldest;
    try {
      return await this.add({ name: 'Support' });
    } catch (error) {
      if (!(error instanceof HubError && error.code === 'conflict')) throw error;
      // Another process made it in this moment.
      await this.copy.changed();
      return this.default();
    }
  }

  /** Queues with targets of their own, in minutes, from before there were service level policies. */
  async withOwnTargets(): Promise<
    { id: string; name: string; firstResponse: number | null; nextResponse: number | null }[]
  > {
    const all = await this.queues.find({}).sort({ _id: 1 }).lean<(StoredQueue & OwnTargets)[]>();
    return all
      .map(({ _id, name, firstResponseMinutes: first = null, nextResponseMinutes: next = null }) => ({
        id: _id,
        name,
        firstResponse: first,
        nextResponse: next,
      }))
      .filter(({ firstResponse, nextResponse }) => firstResponse !== null || nextResponse !== null);
  }

  async add(settings: QueueSettings): Promise<Queue> {
    const { name } = settings;
    const made = { name, nameKey: keyOf(name), createdAt: this.clock.now() };
    const queue = { _id: this.newId(), ...made, ...given(settings) };
    await this.unlessTaken(settings.name, () => this.queues.create(queue));
    await this.copy.changed();
    return queueOf(queue);
  }

  async change(id: string, wanted: Partial<QueueSettings>): Promise<Queue> {
    const { name } = wanted;
    const $set = { ...(name !== undefined && { name, nameKey: keyOf(name) }), ...given(wanted) };
    const changed = await this.unlessTaken(wanted.name, () =>
      this.queues.findOneAndUpdate({ _id: id }, { $set }, { returnDocument: 'after' }).lean<StoredQueue>(),
    );
    if (changed === null) throw new HubError('not-found', 'There is no such queue');
    await this.copy.changed();
    return queueOf(changed);
  }

  /** After all of it is written, its members too. */
  tell(queueId: string): Promise<void> {
    return this.bus.publish({ topic: QUEUE_CHANGED, key: queueId, id: this.newId(), payload: { queueId } });
  }

  private async load(): Promise<Map<string, Queue>> {
    const queues = await this.queues.find({}).sort({ _id: 1 }).lean<StoredQueue[]>();
    return new Map(queues.map((queue) => [queue._id, queueOf(queue)]));
  }

  private async unlessTaken<T>(name: string | undefined, write: () => PromiseLike<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error, 'nameKey')) throw error;
      throw new HubError('conflict', `There is a queue ${name} already`, {
        fields: [{ path: 'name', message: 'Taken by another queue' }],
      });
    }
  }
}

const given = ({ routing, feedback, wrapUp }: Partial<QueueSettings>) => ({
  ...(routing !== undefined && { routing }),
  ...(feedback !== undefined && { feedback }),
  ...(wrapUp !== undefined && { wrapUp }),
});
const keyOf = (name: string) => name.toLowerCase();
