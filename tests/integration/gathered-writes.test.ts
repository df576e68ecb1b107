import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Schema, type Model } from 'mongoose';
import { isDuplicate } from '../../server/src/platform/database/collection.ts';
import { GatheredInserts, GatheredUpdates } from '../../server/src/platform/database/gathered-writes.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';

interface Seat {
  _id: string;
  row: number;
  guest: string;
}

const seats = new Schema<Seat>({ _id: String, row: Number, guest: String }, { versionKey: false });
seats.index({ row: 1 }, { unique: true });
seats.index({ guest: 1 }, { unique: true });

describe('writes that gather', () => {
  let database: TestDatabase;
  let model: Model<Seat>;
  beforeEach(async () => {
    database = await openTestDatabase();
    model = database.connection.model<Seat>('seats', seats);
    await model.createIndexes();
  });
  afterEach(() => database.drop());

  it('have an outcome each: one that is refused says by which index, and leaves the others in', async () => {
    const inserts = new GatheredInserts(model);
    const outcome = async (seat: Seat) => {
      try {
        await inserts.add(seat);
        return 'in';
      } catch (error) {
        return isDuplicate(error, 'row') ? 'row taken' : isDuplicate(error, 'guest') ? 'guest seated' : error;
      }
    };
    const outcomes = await Promise.all([
      outcome({ _id: '1', row: 1, guest: 'Ada' }),
      outcome({ _id: '2', row: 1, guest: 'Bo' }),
      outcome({ _id: '3', row: 3, guest: 'Ada' }),
      outcome({ _id: '4', row: 4, guest: 'Cy' }),
    ]);
    expect(outcomes).toEqual(['in', 'row taken', 'guest seated', 'in']);
    expect((await model.find().sort({ _id: 1 }).lean()).map(({ _id }) => _id)).toEqual(['1', '4']);
  });

  it('are all done when they resolve', async () => {
    await model.create({ _id: '1', row: 1, guest: 'Ada' }, { _id: '2', row: 2, guest: 'Bo' });
    const updates = new GatheredUpdates(model);
    await Promise.all([
      updates.add({ filter: { _id: '1' }, update: { $set: { guest: 'Dee' } } }),
      updates.add({ filter: { _id: '2', row: 7 }, update: { $set: { guest: 'Eve' } } }),
      updates.add({ filter: { _id: '2' }, update: { $inc: { row: 1 } } }),
    ]);
    expect(await model.find().sort({ _id: 1 }).lean()).toEqual([
      { _id: '1', row: 1, guest: 'Dee' },
      { _id: '2', row: 3, guest: 'Bo' },
    ]);
  });
});
