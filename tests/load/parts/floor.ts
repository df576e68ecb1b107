import { setTimeout as delay } from 'node:timers/promises';
import type { FloorAnswer, FloorChange } from '@switchboard/contract';
import mongoose, { type Connection } from 'mongoose';
import type { Ticket } from '../../../server/src/modules/tickets/ticket.schema.ts';
import { aBusyCentre } from '../drivers/busy-centre.ts';
import { cpuMs } from '../drivers/cpu.ts';
import { aDatabase } from '../drivers/profiles.ts';
import { openConsole, startHubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { ms, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const CHANGES_PER_S = 200;
const SUPERVISORS = 20;
const TURN_MS = 50;
const ROUNDS = 4;
const percent = (value: number): string => `${value.toFixed(1)} %`;

/** Tickets change in the database, and nothing else happens: what the floor costs is what its watchers cost. */
export async function measureFloor({ small }: Scale): Promise<Row[]> {
  const [team, waiting, seconds] = small ? [200, 400, 8] : [500, 2_000, 12];
  const database = await aDatabase('fast');
  const subject = await startHubSubject({ MONGODB_URI: database.uri }, database.pids);
  const { admin, pid } = subject.hub;
  const store = await mongoose.createConnection(database.uri, { dbName: 'switchboard' }).asPromise();
  const centre = await aBusyCentre(database.uri, admin, { agents: team, waiting });
  const walls = await Promise.all(Array.from({ length: SUPERVISORS }, () => openConsole(admin)));
  try {
    const ids = centre.agents.map(({ ticketId }) => ticketId);
    const changes = new Changes(store, ids);
    const used = () => ({ hub: cpuMs([pid]), database: cpuMs(database.pids()) });
    const behind: number[] = [];
    let bytes = 0;
    walls[0]?.on('floor', (change: FloorChange) => {
      bytes += JSON.stringify(change).length;
      for (const { subject: words } of change.tickets) behind.push(changes.ageOf(words));
    });
    const watch = () => {
      changes.mark();
      return Promise.all(walls.map((wall) => wall.emitWithAck('watchFloor') as Promise<FloorAnswer>));
    };
    const unwatch = () => walls.forEach((wall) => wall.emit('unwatchFloor'));
    await watch();
    await changes.run(seconds);
    behind.length = 0;
    bytes = 0;
    // By turns: what else the hub does, and a busy neighbour, weigh on both.
    const extra = { hub: 0, database: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      unwatch();
      const idle = await costOf(() => changes.run(seconds / ROUNDS), used);
      await watch();
      const watched = await costOf(() => changes.run(seconds / ROUNDS), used);
      extra.hub += (watched.hub - idle.hub) / ROUNDS;
      extra.database += (watched.database - idle.database) / ROUNDS;
    }
    const late = summarise(behind.filter((age) => !Number.isNaN(age)));
    const size = `${team} agents, ${team + waiting} open tickets, ${CHANGES_PER_S} changes/s`;
    const rows: Row[] = [
      within(`behind the truth, p99, ${size}`, late.p99, 1_000),
      { what: 'the same, p50', measured: ms(late.p50) },
      within(`processor of the hub for ${SUPERVISORS} supervisors`, extra.hub, 10, percent),
      { what: 'of the database for them', measured: percent(extra.database) },
      { what: 'sent to each supervisor', measured: `${(bytes / 1024 / seconds).toFixed(1)} KiB/s` },
    ];
    return rows;
  } finally {
    for (const wall of walls) wall.disconnect();
    await centre.close();
    await store.close();
    await subject.stop();
    await database.remove();
  }
}

/** Per cent of one core while it runs. */
async function costOf(run: () => Promise<void>, used: () => { hub: number; database: number }) {
  const [before, began] = [used(), performance.now()];
  await run();
  const [after, took] = [used(), performance.now() - began];
  return {
    hub: (100 * (after.hub - before.hub)) / took,
    database: (100 * (after.database - before.database)) / took,
  };
}

/** Each change writes its number into a subject, by which the floor's row tells which one it shows. */
class Changes {
  private readonly times: number[] = [];
  private from = 0;

  constructor(
    private readonly store: Connection,
    private readonly ids: readonly string[],
  ) {}

  /** What changed before was not watched. */
  mark(): void {
    this.from = this.times.length;
  }

  /** Milliseconds since that change; NaN of what is no change, or was none that is watched. */
  ageOf(subject: string): number {
    const at = /^change (\d+)$/.exec(subject)?.[1];
    return at === undefined || Number(at) < this.from
      ? Number.NaN
      : performance.now() - (this.times[Number(at)] ?? Number.NaN);
  }

  async run(seconds: number): Promise<void> {
    const tickets = this.store.collection<Ticket>('tickets');
    for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
      const turn = delay(TURN_MS);
      await Promise.all(
        Array.from({ length: (CHANGES_PER_S * TURN_MS) / 1000 }, () => {
          const number = this.times.push(performance.now()) - 1;
          const change = { $set: { subject: `change ${number}`, updatedAt: new Date() }, $inc: { seq: 1 } };
          return tickets.updateOne({ _id: this.ids[number % this.ids.length] ?? '' }, change);
        }),
      );
      await turn;
    }
  }
}
