import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ParseInput } from './parse-mail.ts';
import { ParseThreads } from './parse-threads.ts';

/** A reader that does what a mail tells it: what can become of a thread is the same, whatever drove it there. */
const reader = `
import { parentPort } from 'node:worker_threads';
const doing = {
  read: () => parentPort.postMessage({ ok: true, events: [] }),
  refuse: () => parentPort.postMessage({ ok: false, message: 'no mail' }),
  break: () => { throw new Error('broken'); },
  leave: () => process.exit(0),
  hang: () => { for (;;); },
};
parentPort.on('message', ({ what }) => doing[what]());
`;

let folder: string;
let threads: ParseThreads;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parse-thread-'));
  await writeFile(join(folder, 'reader.mjs'), reader);
  threads = new ParseThreads(pathToFileURL(join(folder, 'reader.mjs')), 2, () => 3_000);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parse = (what: string) => threads.parse({ what, raw: Buffer.alloc(0) } as unknown as ParseInput);

it.each([
  ['refuse', 'no mail'],
  ['break', 'broken'],
  ['leave', 'the thread that reads it has ended'],
  ['hang', 'it takes longer than 3 s'],
])('gives up a mail that makes it %s, and reads the next', async (what, message) => {
  const bad = parse(what);
  const next = parse('read');
  await expect(bad).rejects.toThrow(message);
  await expect(next).resolves.toEqual([]);
});

it('reads on beside one that hangs; those that find no thread free wait their turn', async () => {
  const bad = parse('hang');
  const read = await Promise.race([bad.catch(() => 'too late'), Promise.all([parse('read'), parse('read')])]);
  expect(read).toEqual([[], []]);
  await expect(bad).rejects.toThrow('it takes longer than');
});
