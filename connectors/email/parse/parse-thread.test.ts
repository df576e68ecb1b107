import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ParseInput } from './parse-mail.ts';
import { ParseThread } from './parse-thread.ts';

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
let thread: ParseThread;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parse-thread-'));
  await writeFile(join(folder, 'reader.mjs'), reader);
  thread = new ParseThread(pathToFileURL(join(folder, 'reader.mjs')), 3_000);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parse = (what: string) => thread.parse({ what } as unknown as ParseInput);

it.each([
  ['refuse', 'no mail'],
  ['break', 'broken'],
  ['leave', 'the thread that reads it has ended'],
  ['hang', 'The operation was aborted'],
])('gives up a mail that makes it %s, and reads the next at once', async (what, message) => {
  const bad = parse(what);
  const next = parse('read');
  await expect(bad).rejects.toThrow(message);
  await expect(next).resolves.toEqual([]);
});
