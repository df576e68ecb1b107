import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import mongoose from 'mongoose';
import { type EmbeddedMongo, startEmbeddedMongo } from './index.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

// Processes are started and restarted here, on machines that may be busy.
jest.setTimeout(30_000);

const { Schema } = mongoose;
const directory = temporaryDirectory();
const lines: string[] = [];
const log = (line: string) => void lines.push(line);
const start = (dataDir: string) => startEmbeddedMongo({ dataDir, log });

let server: EmbeddedMongo;
let connection: mongoose.Connection;

// The first start may have to compile the server.
beforeAll(async () => {
  server = await start(join(directory.path, 'data'));
  connection = await mongoose.createConnection(`${server.uri}test`).asPromise();
}, 60_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
  directory.remove();
});

describe('mongoose on the embedded server', () => {
  const ticketSchema = new Schema(
    {
      number: { type: Number, unique: true },
      status: String,
      queue: String,
      tags: [String],
      messages: [new Schema({ seq: Number, text: String }, { _id: false })],
      dueAt: Date,
    },
    { timestamps: true, optimisticConcurrency: true },
  );
  ticketSchema.index({ queue: 1, status: 1, dueAt: 1 });
  const ticketModel = () => connection.model('Ticket', ticketSchema);
  let Ticket: ReturnType<typeof ticketModel>;

  beforeAll(async () => {
    Ticket = ticketModel();
    await Ticket.init();
    await Ticket.insertMany(
      Array.from({ length: 300 }, (_, i) => ({
        number: i,
        status: i % 3 ? 'open' : 'resolved',
        queue: i % 2 ? 'sales' : 'help',
        tags: [`t${i % 5}`],
        dueAt: new Date(i * 1000),
      })),
    );
  });

  it('tells a duplicate with its key, as mongoose expects it', async () => {
    await expect(Ticket.create({ number: 7 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { number: 1 },
      keyValue: { number: 7 },
    });
  });

  it('hands each job to one of many claimers', async () => {
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        Ticket.findOneAndUpdate(
          { queue: 'help', status: 'resolved', tags: { $ne: 'claimed' } },
          { $push: { tags: 'claimed' }, $set: { 'messages.0': { seq: i } } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        ).lean(),
      ),
    );
    const numbers = claims.map((claim) => claim!.number!).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i * 6));
  });

  it('makes one document of concurrent upserts and loses no increment', async () => {
    const counters = connection.collection<{ _id: string; value: number }>('counters');
    const upsert = () => counters.findOneAndUpdate({ _id: 'seq' }, { $inc: { value: 1 } }, { upsert: true });
    await Promise.all(Array.from({ length: 50 }, upsert));
    expect(await counters.find().toArray()).toEqual([{ _id: 'seq', value: 50 }]);
  });

  it('refuses a save that was overtaken', async () => {
    const [first, second] = [(await Ticket.findOne({ number: 1 }))!, (await Ticket.findOne({ number: 1 }))!];
    await first.set('status', 'pending').save();
    await expect(second.set('status', 'snoozed').save()).rejects.toMatchObject({ name: 'VersionError' });
  });

  it('sorts, pages and streams from an index', async () => {
    const query = { queue: 'sales', status: 'open' };
    const page = await Ticket.find(query).sort({ dueAt: -1 }).skip(2).limit(3).select('number -_id').lean();
    expect(page.map(({ number }) => number)).toEqual([293, 291 - 2, 287]);
    let seen = 0;
    for await (const _ticket of Ticket.find({ queue: 'sales' }).cursor({ batchSize: 20 })) seen++;
    expect(seen).toBe(150);
  });

  it('groups and joins', async () => {
    const byQueue = await Ticket.aggregate([
      { $match: { queue: { $in: ['help', 'sales'] } } },
      { $group: { _id: '$queue', n: { $sum: 1 }, last: { $max: '$number' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(byQueue).toEqual([
      { _id: 'help', n: 150, last: 298 },
      { _id: 'sales', n: 150, last: 299 },
    ]);
  });

  it('counts collection scans for a test to see', async () => {
    const admin = connection.getClient().db('admin');
    await admin.command({ scanStats: 1, reset: true });
    await Ticket.find({ queue: 'sales' }).lean();
    await Ticket.find({ tags: 't1', status: 'open' }).lean();
    expect(await admin.command({ scanStats: 1 })).toMatchObject({
      scans: 1,
      last: [{ ns: 'test.tickets', filter: ['tags', 'status'], sort: [] }],
    });
  });

  it('holds files of GridFS', async () => {
    const bucket = new mongoose.mongo.GridFSBucket(connection.db!);
    const content = Buffer.alloc(25 * 2 ** 20, 'switchboard ');
    const upload = bucket.openUploadStream('big.bin');
    await new Promise<void>((resolve, reject) => {
      upload.once('finish', resolve).once('error', reject);
      upload.end(content);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of bucket.openDownloadStream(upload.id)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    const part = bucket.openDownloadStreamByName('big.bin', { start: 300_000, end: 300_010 });
    expect(Buffer.concat(await part.toArray())).toEqual(content.subarray(300_000, 300_010));
    await bucket.delete(upload.id);
    expect(await connection.collection('fs.chunks').countDocuments()).toBe(0);
  });
});

describe('the server process', () => {
  it('is the only one on its data directory', async () => {
    await expect(start(join(directory.path, 'data'))).rejects.toThrow(
      `is in use by the process ${server.pid()}: stop it, or set another directory`,
    );
  });

  it('says in one line that a data directory cannot be written', async () => {
    const file = join(directory.path, 'file');
    writeFileSync(file, '');
    await expect(start(join(file, 'data'))).rejects.toThrow(/cannot be written .* make it writable/);
  });

  it('is restarted at the same address when it dies, and mongoose goes on', async () => {
    const [pid, collection] = [server.pid(), connection.collection('restart')];
    await collection.insertOne({ kept: true });
    process.kill(pid, 'SIGKILL');
    // The first read may meet the broken connection; drivers repeat it once by themselves.
    expect(await collection.findOne({ kept: true }, { projection: { _id: 0 } })).toEqual({ kept: true });
    expect(server.pid()).not.toBe(pid);
    expect(server.restarts()).toBe(1);
    expect(lines.join()).toContain('ended by SIGKILL and is started again');
  });

  it('listens on a free port too, and keeps it over a restart', async () => {
    const other = await startEmbeddedMongo({ dataDir: join(directory.path, 'tcp'), listen: '0', log });
    const client = await new mongoose.mongo.MongoClient(other.uri).connect();
    expect(other.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/$/);
    process.kill(other.pid(), 'SIGKILL');
    expect(await client.db('x').collection('y').countDocuments()).toBe(0);
    await client.close();
    await other.stop();
  });
});
