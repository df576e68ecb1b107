import { Inject, Injectable } from '@nestjs/common';
import type { FactKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Stretch } from '../rollups/stretches.ts';
import type { Fact } from './fact.schema.ts';

const PAGE = 2000;

/** Facts themselves, for who makes more of them than figures. */
@Injectable()
export class ReadFacts {
  constructor(@Inject('facts') private readonly facts: Model<Fact>) {}

  /** Those of one kind in a stretch, the latest first. */
  async *of(kind: FactKind, { start, end }: Stretch): AsyncGenerator<Fact> {
    for (let before: Fact | undefined; ;) {
      const at = { $gte: start, ...(before === undefined ? { $lt: end } : { $lte: before.at }) };
      const beyond = before && { $or: [{ at: { $lt: before.at } }, { _id: { $lt: before._id } }] };
      const page = await this.facts
        .find({ kind, at, ...beyond })
        .sort({ at: -1, _id: -1 })
        .limit(PAGE)
        .lean<Fact[]>();
      yield* page;
      before = page.at(-1);
      if (page.length < PAGE) return;
    }
  }
}
