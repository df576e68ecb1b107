import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { connectors } from '@switchboard/connectors';
import { offlineContext } from '../../../connectors/kit/offline-context.ts';
import { vouch } from '../../../connectors/kit/vouch.ts';
import { median } from '../drivers/summary.ts';
import { atMost, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const LOOP_MS = 50;
const MOST = 1.5;
const paragraph = 'The second lamp came with a crack in its shade, and the box was open on one side. ';
const quoted = paragraph.repeat(4).replace(/.{60}\S*/g, '$&\n> ');
const mails: readonly [what: string, mail: SendMailOptions][] = [
  [
    'a mail of text and HTML',
    {
      text: `${paragraph.repeat(5)}\n\n> ${quoted}`,
      html: `<p>${paragraph.repeat(5)}</p><blockquote>${quoted}</blockquote>`,
    },
  ],
  ['a mail with a file of 150 KB', { text: paragraph, html: `<p>${paragraph}</p>`, attachments: [aFile(150_000)] }],
];

type Read = (raw: Buffer) => Promise<unknown>;

/** The whole e-mail connector (parse, reply text, classification, sanitised HTML) beside mailparser alone. */
export async function measureMail({ small }: Scale): Promise<Row[]> {
  const rows: Row[] = [];
  const whole = theConnector();
  for (const [what, mail] of mails) {
    const raw = await rawOf(mail);
    const count = small ? 20 : 100;
    for (const read of [simpleParser, whole]) await timeOf(read, raw, count);
    const rounds: { floor: number; hub: number }[] = [];
    for (let round = 0; round < 5; round += 1)
      rounds.push({ floor: await timeOf(simpleParser, raw, count), hub: await timeOf(whole, raw, count) });
    const [hub, floor] = [median(rounds.map((round) => round.hub)), median(rounds.map((round) => round.floor))];
    rows.push(atMost(`${what} is read`, hub, floor, MOST));
  }
  const held = await loopDelay(whole, await rawOf({ text: paragraph, attachments: [aFile(18_000_000)] }));
  return [...rows, within('event loop p99 while a mail of 25 MB is read', held, LOOP_MS)];
}

/** As it is built, with its thread. */
function theConnector(): Read {
  const email = connectors.find(({ id }) => id === 'email');
  if (email === undefined) throw new Error('there is no e-mail connector');
  const channel = email.open(email.settings.parse(email.exampleSettings), offlineContext());
  return async (raw) =>
    channel.parse(vouch({ method: 'SMTP', url: '', hook: '', headers: {}, rawBody: raw, receivedAt: new Date() }));
}

async function rawOf(mail: SendMailOptions): Promise<Buffer> {
  const whole = { from: 'Jane <jane@example.com>', to: 'support@acme.example', subject: 'My lamp', ...mail };
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(whole);
  return message as Buffer;
}

/** Milliseconds a mail, one after the other. */
async function timeOf(read: Read, raw: Buffer, count: number): Promise<number> {
  const started = performance.now();
  for (let number = 0; number < count; number += 1) await read(raw);
  return (performance.now() - started) / count;
}

async function loopDelay(read: Read, raw: Buffer): Promise<number> {
  const watch = monitorEventLoopDelay({ resolution: 1 });
  watch.enable();
  await read(raw);
  // What held the loop up to the end shows only when it goes on.
  await delay(20);
  watch.disable();
  return watch.percentile(99) / 1e6;
}

function aFile(bytes: number) {
  return { filename: 'lamp.bin', content: Buffer.alloc(bytes, 'lamp') };
}
