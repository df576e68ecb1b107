import { expect, it } from '@jest/globals';
import type { Fact } from '../../../metrics/index.ts';
import { arrivalsOf, type Context } from './arrivals.ts';

const start = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;
const fact = (minute: number, kind: Fact['kind'], more: Partial<Fact> = {}): Fact => ({
  ...{ _id: `${minute}${kind}`, kind, at: new Date(start + minute * MINUTE), queueId: 'q', agentId: null },
  ...{ channel: 'webchat', tags: [], ticketId: 't', customerId: 'c', ...more },
});
const waited = (minutes: number, more: Partial<Fact> = {}) => ({ ms: minutes * MINUTE, ...more });
const context: Context = {
  aboutOf: () => ({ priority: 'high', dueAt: new Date(start + 5 * MINUTE) }),
  isLive: () => true,
  movesTo: (queueId) => (queueId === 'q' ? ['helper'] : []),
  handledMs: () => 8000,
};
const read = (...facts: Fact[]) =>
  arrivalsOf([facts], context).map(({ at, queueId, placedWith, waited: ms, gone, dueAt, course }) => ({
    ...{ at: (at - start) / MINUTE, queueId },
    ...(placedWith !== null && { placedWith }),
    ...(ms !== null && { waited: ms / MINUTE }),
    ...(gone !== null && { gone: `${gone.as} ${gone.after / MINUTE}` }),
    ...(dueAt === null && { again: true }),
    steps: course?.steps.map(
      ({ after, does, took }) => `${does} ${after / MINUTE}${took ? ` (${took / MINUTE})` : ''}`,
    ),
  }));

it('is a wait, and what became of it', () => {
  const facts = [
    fact(0, 'opened'),
    fact(2, 'assigned', waited(2, { agentId: 'ann' })),
    fact(4, 'first-response', waited(4)),
    fact(9, 'next-response', waited(3)),
    fact(12, 'resolved'),
  ];
  expect(read(...facts)).toEqual([
    { at: 0, queueId: 'q', waited: 2, steps: ['first-reply 2', 'wrote 4', 'replied 7', 'resolved 10'] },
  ]);
  expect(arrivalsOf([facts], context)[0]).toMatchObject({ priority: 'high', course: { handledMs: 8000 }, live: true });
});

it.each<[string, Fact[], object[]]>([
  ['left', [fact(0, 'opened'), fact(3, 'abandoned', waited(3)), fact(3, 'resolved')], [{ gone: 'abandoned 3' }]],
  ['was closed by somebody', [fact(0, 'opened'), fact(3, 'resolved')], [{ gone: 'closed 3' }]],
  ['waits still', [fact(0, 'opened')], [{ steps: undefined }]],
  [
    'was somebody’s from the beginning',
    [fact(0, 'opened', { agentId: 'ann' }), fact(1, 'resolved')],
    [{ placedWith: 'ann', steps: ['resolved 1'] }],
  ],
  ['began before all that is known', [fact(2, 'assigned', waited(900))], []],
  [
    'left after somebody had it',
    [fact(0, 'opened'), fact(1, 'assigned', waited(1)), fact(4, 'abandoned', waited(4)), fact(4, 'resolved')],
    [{ steps: ['abandoned 3'] }],
  ],
  [
    'overflowed by its rules',
    [fact(0, 'opened'), fact(9, 'assigned', waited(9, { queueId: 'helper' }))],
    [{ queueId: 'q', waited: 9 }],
  ],
  [
    'was placed in another queue',
    [fact(0, 'opened'), fact(9, 'assigned', waited(9, { queueId: 'other' }))],
    [{ queueId: 'other', waited: 9 }],
  ],
  [
    'was written to before anything was asked',
    [fact(0, 'opened'), fact(1, 'assigned', waited(1)), fact(9, 'first-response', waited(2))],
    [{ steps: ['wrote 6', 'first-reply 8 (2)'] }],
  ],
  [
    'went back, and waited again',
    [
      fact(0, 'opened'),
      fact(1, 'assigned', waited(1)),
      fact(2, 'first-response', waited(2)),
      fact(20, 'assigned', waited(5)),
    ],
    [{ steps: ['first-reply 1', 'left 14'] }, { at: 15, waited: 5, again: true }],
  ],
  [
    'came back to who had it',
    [fact(0, 'opened'), fact(1, 'assigned', waited(1)), fact(2, 'resolved'), fact(8, 'reopened'), fact(9, 'resolved')],
    [{ steps: ['resolved 1', 'reopened 7', 'resolved 8'] }],
  ],
])('is one that %s', (_, facts, expected) => {
  const found = read(...facts);
  expect(found).toHaveLength(expected.length);
  expect(found).toMatchObject(expected);
});
