import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const fileBytes = 18_000_000;

let folder = '';
let file = '';
/** Short, and slow: header fields are read in the square of their length. */
let slowFile = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'big-mail-'));
  file = join(folder, 'big.eml');
  const head = [
    'From: jane@example.com',
    'Message-ID: <big@example.com>',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '',
  ];
  const text = ['--x', 'Content-Type: text/plain', '', 'See the film.', ''];
  const film = ['--x', 'Content-Type: video/mp4; name=film.mp4', 'Content-Transfer-Encoding: base64', '', ''];
  slowFile = join(folder, 'slow.eml');
  await writeFile(slowFile, `From: jane@example.com\r\nCc: ${'a:b;'.repeat(40_000)}\r\n\r\nHello\r\n`);
  const body = Buffer.alloc(fileBytes, 'film').toString('base64').replace(/.{76}/g, '$&\r\n');
  await writeFile(file, `${[...head, ...text, ...film].join('\r\n')}${body}\r\n--x--\r\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const event = {
  kind: 'message.received',
  message: { parts: [{ text: 'See the film.' }, { media: { fileName: 'film.mp4', bytes: fileBytes } }] },
};

it('reads a mail of 25 MB from the built connector', async () => {
  const { stdout } = await run(process.execPath, ['config/commands/normalise.mjs', 'email', file], { cwd: root });
  expect(JSON.parse(stdout)).toMatchObject({ events: [event] });
}, 60_000);

// The other thread shares this machine with all that runs on it: the bound is for a blocked loop (half a second), not for noise.
it.each([
  ['a big mail', () => file],
  ['a small one that is made to be slow', () => slowFile],
])(
  'does not hold the event loop while it reads %s',
  async (_, path) => {
    const script = `
    import { readFileSync } from 'node:fs';
    import { monitorEventLoopDelay } from 'node:perf_hooks';
    import { setTimeout as pause } from 'node:timers/promises';
    import { parseAnyMail } from './connectors/dist/email/parse/parse-off-thread.js';
    const raw = readFileSync(process.argv[1]);
    const input = { raw, ours: [], signingKey: Buffer.alloc(32), receivedAt: new Date() };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const [event] = await parseAnyMail(input);
    // What was held up to the end shows only when the loop goes on.
    await pause(20);
    delay.disable();
    console.log(JSON.stringify({ kind: event.kind, p99: delay.percentile(99) / 1e6 }));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, path()], { cwd: root });
    const { kind, p99 } = JSON.parse(stdout) as { kind: string; p99: number };
    expect(kind).toBe('message.received');
    expect(p99).toBeLessThan(150);
  },
  60_000,
);
