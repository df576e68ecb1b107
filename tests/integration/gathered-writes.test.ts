import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Schema, type Model } from 'mongoose';
import { isDuplicate } from '../../server/src/platform/database/collection.ts';
import { gatheredInserts, gatheredUpdates } from '../../server/src/platform/database/gathered-writes.ts';
import { isOutage } from '../../server/src/platform/database/is-outage.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { databaseUri, openTestDatabase, type TestDatabase } from '../support/services/index.ts';

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
    const inserts = gatheredInserts(model);
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
    const updates = gatheredUpdates(model);
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

  it.each([1, 2])('tell of a database that is away as what it is (%i at once)', async (count) => {
    const way = new CuttableProxy(new URL(databaseUri()));
    const far = await openTestDatabase(`${await way.listen()}?directConnection=true`, database.name, 500);
    const inserts = gatheredInserts(far.connection.model<Seat>('seats', seats));
    await way.close();
    const failures = await Promise.allSettled(
      Array.from({ length: count }, (_, row) => inserts.add({ _id: `${row}`, row, guest: `guest ${row}` })),
    );
    expect(failures.map((failure) => failure.status === 'rejected' && isOutage(failure.reason))).toEqual(
      Array(count).fill(true),
    );
    await far.connection.close();
  });

  it('refuses one that the database can’t take for a reason of its own, and no other', async () => {
    await model.create({ _id: '1', row: 1, guest: 'Ada' }, { _id: '2', row: 2, guest: 'Bo' });
    const updates = gatheredUpdates(model);
    const outcomes = await Promise.allSettled([
      updates.add({ filter: { _id: '1' }, update: { $inc: { guest: 1 } } as never }),
      updates.add({ filter: { _id: '2' }, update: { $set: { guest: 'Cy' } } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect((await model.findById('2').lean())?.guest).toBe('Cy');
  });
});
