import { aBusyCentre, isGivenWork, type BusyAgent } from '../drivers/busy-centre.ts';
import { aDatabase } from '../drivers/profiles.ts';
import { startHubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { ms, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const LONGEST_MS = 100;
/** The first ones find a cold hub: they don't count. */
const UNCOUNTED = 20;

/** Everyone is full and much waits: one ticket is resolved, and its agent is told of the next. */
export async function measureRouting({ small }: Scale): Promise<Row[]> {
  const size = small ? { agents: 100, waiting: 400 } : { agents: 500, waiting: 2_000 };
  const database = await aDatabase();
  const subject = await startHubSubject({ MONGODB_URI: database.uri }, database.pids);
  const { admin } = subject.hub;
  try {
    const centre = await aBusyCentre(database.uri, admin, size);
    const told: number[] = [];
    const asked: number[] = [];
    const pairs: [resolved: string, given: string][] = [];
    for (let round = 0; round < (small ? 100 : 200); round += 1) {
      const agent = centre.agents[round % centre.agents.length] as BusyAgent;
      const next = isGivenWork(agent);
      const began = performance.now();
      await admin.call('tickets.update', { params: { id: agent.ticketId }, body: { status: 'resolved' } });
      const answered = performance.now();
      const given = await next;
      const resolved = agent.ticketId;
      agent.ticketId = given;
      if (round < UNCOUNTED) continue;
      pairs.push([resolved, given]);
      told.push(performance.now() - began);
      asked.push(answered - began);
    }
    const taken: number[] = [];
    for (const [resolved, given] of pairs) taken.push(await centre.takenMs(resolved, given));
    const overrun = await centre.overrun();
    await centre.close();
    return rowsOf(
      `${size.agents} agents, ${size.waiting} waiting`,
      summarise(taken),
      summarise(told),
      summarise(asked),
      overrun,
    );
  } finally {
    await subject.stop();
    await database.remove();
  }
}

type Times = ReturnType<typeof summarise>;

function rowsOf(size: string, taken: Times, told: Times, asked: Times, overrun: number): Row[] {
  return [
    within(`a place is free → the next ticket has it, p99, ${size}`, taken.p99, LONGEST_MS),
    { what: 'the same, p50', measured: ms(taken.p50) },
    { what: 'asked to resolve one → its agent hears of the next, p99', measured: ms(told.p99) },
    // What the resolving alone takes is the least that it can be.
    { what: 'the same, p50', measured: ms(told.p50), floor: ms(asked.p50), ratio: told.p50 / asked.p50 },
    { what: 'agents with more than there is room for', measured: String(overrun), goal: 'none', met: overrun === 0 },
  ];
}
