import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type FloorQueue, type FloorTicket } from '@switchboard/contract';
import type { Colleague } from '../agents/index.ts';
import { board } from './board.ts';
import type { Work } from './work.ts';

const now = new Date('2026-12-01T12:00:00Z');
const HOUR = 3_600_000;
const before = (ms: number) => now.getTime() - ms;
const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

interface Given {
  queueId?: string;
  assigneeId?: string | null;
  channel?: FloorTicket['channel'];
  createdAt?: number;
  waitingSince?: number | null;
  dueAt?: number | null;
  lastWordAt?: Date | null;
}
let count = 0;
function work(given: Given = {}): Work {
  const { queueId = 'a', assigneeId = null, channel = 'webchat', createdAt = before(0), lastWordAt = null } = given;
  const { waitingSince = null, dueAt = null } = given;
  count += 1;
  const row: FloorTicket = {
    ...{ id: `t${count}`, number: count, subject: '', customer: 'Cy', channel, priority: 'normal', status: 'open' },
    ...{ queueId, assigneeId, waitingSince: at(waitingSince), dueAt: at(dueAt), createdAt: at(createdAt) ?? '' },
  };
  return { seq: 1, row, createdAt, waitingSince, dueAt, lastWordAt };
}
const member = (id: string, state: Colleague['state'], queueIds = ['a'], capacity: number | null = null) =>
  ({
    agent: { id, name: id },
    state,
    queueIds,
    capacity,
    skills: [],
    reason: null,
    since: null,
    returned: null,
  }) as unknown as Colleague;

const centre = (members: Colleague[] = []) => ({
  queues: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ],
  ...{ members, capacity: DEFAULT_CAPACITY, figures: new Map(), agentFigures: new Map(), onScreen: new Map() },
});
const empty = {
  ...{ open: 0, waiting: 0, longestWaitSince: null, unassigned: 0, overdue: 0, backlog: [0, 0, 0, 0, 0] },
  ...{ agents: { ready: 0, connected: 0 }, now: null, today: null },
};

describe('a queue on the floor', () => {
  it.each<[string, Work[], Partial<FloorQueue>]>([
    ['has nothing', [], {}],
    [
      'counts what nobody has',
      [work(), work({ assigneeId: 'x' })],
      { open: 2, unassigned: 1, backlog: [2, 0, 0, 0, 0] },
    ],
    [
      'tells since when the longest waits',
      [
        work({ assigneeId: 'x', waitingSince: before(HOUR) }),
        work({ assigneeId: 'x', waitingSince: before(2 * HOUR) }),
      ],
      { open: 2, waiting: 2, longestWaitSince: at(before(2 * HOUR)), backlog: [2, 0, 0, 0, 0] },
    ],
    [
      'is overdue from the very moment on',
      [work({ assigneeId: 'x', dueAt: before(0) }), work({ assigneeId: 'x', dueAt: before(-1) })],
      { open: 2, overdue: 1, backlog: [2, 0, 0, 0, 0] },
    ],
    [
      'ages',
      [0, HOUR - 1, HOUR, 4 * HOUR, 24 * HOUR - 1, 24 * HOUR, 72 * HOUR, 999 * HOUR].map((age) =>
        work({ assigneeId: 'x', createdAt: before(age) }),
      ),
      { open: 8, backlog: [2, 1, 2, 1, 2] },
    ],
    ['does not mind the other', [work({ queueId: 'b' })], {}],
  ])('%s', (_, works, expected) => {
    expect(board(works, centre(), now).queues[0]).toEqual({ id: 'a', name: 'A', ...empty, ...expected });
  });

  it('knows who is there for it', () => {
    const members = [
      member('r', 'ready'),
      member('w', 'away'),
      member('o', 'offline'),
      member('other', 'ready', ['b']),
    ];
    expect(board([], centre(members), now).queues.map(({ agents }) => agents)).toEqual([
      { ready: 1, connected: 2 },
      { ready: 1, connected: 1 },
    ]);
  });
});

describe('an agent on the floor', () => {
  it.each<[string, Work[], number]>([
    ['with nothing', [], 0],
    ['with a chat and a mail', [work({ assigneeId: 'x' }), work({ assigneeId: 'x', channel: 'email' })], 1.34],
    [
      'whose chat is idle',
      [
        work({ assigneeId: 'x', lastWordAt: new Date(before(HOUR)) }),
        work({ assigneeId: 'x', lastWordAt: new Date(before(HOUR)), waitingSince: before(HOUR) }),
      ],
      1,
    ],
    ['beside what others have', [work({ assigneeId: 'y' }), work()], 0],
  ])('%s', (_, works, used) => {
    const [row] = board(works, centre([member('x', 'ready')]), now).agents;
    expect(row).toEqual({
      id: 'x',
      name: 'x',
      state: 'ready',
      reason: null,
      since: null,
      queueIds: ['a'],
      used,
      capacity: 5,
      returnsAt: null,
      returned: null,
      onScreen: null,
      today: null,
    });
  });

  it('has on screen what is open, also of others, and since when', () => {
    const theirs = work({ assigneeId: 'y' });
    const screen = (ticketId: string) => ({
      ...centre([member('x', 'ready')]),
      onScreen: new Map([['x', { ticketId, from: now }]]),
    });
    const { id, number, customer, channel } = theirs.row;
    const shown = { id, number, customer, channel, since: now.toISOString() };
    expect(board([work(), theirs], screen(id), now).agents[0]?.onScreen).toEqual(shown);
    expect(board([theirs], screen('closed'), now).agents[0]?.onScreen).toBeNull();
  });

  it('who is gone says when the first of what waits goes back', () => {
    const gone = { ...member('x', 'offline'), since: new Date(before(20_000)) };
    const row = (...works: Work[]) => board(works, centre([gone]), now).agents[0]?.returnsAt;
    expect(row(work({ assigneeId: 'x', waitingSince: before(HOUR) }))).toBe(at(before(-40_000)));
    expect(row(work({ assigneeId: 'x' }))).toBeNull();
    expect(row(work({ assigneeId: 'x', channel: 'email', waitingSince: before(HOUR) }))).toBeNull();
  });

  it('has a capacity of their own', () => {
    expect(board([], centre([member('x', 'busy', [], 0)]), now).agents[0]).toMatchObject({ capacity: 0 });
  });
});
