import { Inject, Injectable } from '@nestjs/common';
import type { QuarantineDetail, QuarantineItem } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { partOf } from '../../platform/database/text-filter.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import type { QuarantineTry } from './quarantine-try.schema.ts';

const MOST_TOLD = 50;
type Begun = Pick<QuarantineTry, 'kind' | 'item' | 'mended' | 'body'>;
interface Ask {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kind?: QuarantineTry['kind'] | undefined;
  readonly channelAccountId?: string | undefined;
  readonly reason?: string | undefined;
}

/** Who tried what again, and how it went: so that what left quarantine can still be found. */
@Injectable()
export class Tries {
  constructor(
    @Inject('quarantinetries') private readonly tries: Model<QuarantineTry>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Before it is tried: killed in between, it is known that somebody did. */
  async begin({ id, name }: Caller, { kind, item, mended, body }: Begun): Promise<string> {
    const _id = this.newId();
    const { channelAccountId, reason } = item;
    await this.tries.create({
      ...{ _id, itemId: item.id, kind, channelAccountId, reason, item, mended, body },
      ...{ at: this.clock.now(), by: { id, name }, outcome: 'under-way', message: null },
    });
    return _id;
  }

  async end(_id: string, { ok, message }: { ok: boolean; message: string }): Promise<void> {
    await this.tries.updateOne({ _id }, { $set: { outcome: ok ? 'replayed' : 'failed', message } });
  }

  async historyOf(itemId: string): Promise<QuarantineDetail['history']> {
    const found = await this.tries
      .find({ itemId }, { body: 0 })
      .sort({ _id: -1 })
      .limit(MOST_TOLD)
      .lean<QuarantineTry[]>();
    return found.map(({ at, by, mended, outcome, message }) => ({
      ...{ at: at.toISOString(), by: by.name, mended, outcome, message },
    }));
  }

  async replayed(id: string): Promise<QuarantineTry | null> {
    return this.tries.findOne({ _id: id, outcome: 'replayed' }).lean<QuarantineTry>();
  }

  /** One for each time that something left quarantine, newest first. */
  async page({ cursor, limit, kind, channelAccountId, reason }: Ask): Promise<QuarantineItem[]> {
    const filter = {
      outcome: 'replayed' as const,
      ...(cursor !== undefined && { _id: { $lt: cursor } }),
      ...(kind !== undefined && { kind }),
      ...(channelAccountId !== undefined && { channelAccountId }),
      ...(reason && { reason: partOf(reason) }),
    };
    const found = await this.tries.find(filter, { body: 0 }).sort({ _id: -1 }).limit(limit).lean<QuarantineTry[]>();
    return found.map(replayedItem);
  }
}

export const replayedItem = ({ _id, item, at, by }: QuarantineTry): QuarantineItem => ({
  ...item,
  id: _id,
  replayed: { at: at.toISOString(), by: by.name },
});
