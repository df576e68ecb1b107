import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { twilioSignature } from '../../../connectors/simulator/sms/signature.ts';
import type { Flood, FloodReport } from './flood.ts';

/** A provider without mercy, as a process of its own: posts at its rate and hears what it is told. One line of JSON at the end. */
/** More than a hub takes at once (`load-limit.ts`), or a fast one would never have to refuse. */
const CONNECTIONS = 300;
const PHONES = 40;
const flood = JSON.parse(process.argv[2] ?? '{}') as Flood;
const { origin, pathname } = new URL(flood.webhookUrl);
const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
const report: FloodReport = { sent: 0, accepted: [], refused: 0, otherwise: [], retryAfter: [], tookMs: [] };
let underway = 0;

async function post(number: number): Promise<void> {
  const sid = `SM${flood.name}${String(number).padStart(32 - flood.name.length, '0')}`;
  const form = new URLSearchParams({
    AccountSid: flood.accountSid,
    MessageSid: sid,
    From: `+1555${String(7_000_000 + (number % PHONES))}`,
    To: '+15550006666',
    Body: `${flood.name} ${number} ${'and so on '.repeat(100)}`,
    NumMedia: '0',
    NumSegments: '1',
  });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilioSignature(flood.authToken, flood.webhookUrl, form),
  };
  const began = performance.now();
  const answer = await pool.request({ path: pathname, method: 'POST', headers, body: form.toString() });
  await answer.body.dump();
  report.tookMs.push(Math.round(performance.now() - began));
  if (answer.statusCode === 200) report.accepted.push(sid);
  else if (answer.statusCode !== 503) report.otherwise.push(String(answer.statusCode));
  else {
    report.refused += 1;
    const retryAfter = String(answer.headers['retry-after']);
    if (!report.retryAfter.includes(retryAfter)) report.retryAfter.push(retryAfter);
  }
}

const began = performance.now();
for (let now = began; now - began < flood.ms; now = performance.now()) {
  const due = Math.floor(((now - began) / 1000) * flood.perSecond);
  // Who has no line free does not count as sent.
  while (report.sent < due && underway < CONNECTIONS) {
    underway += 1;
    void post(report.sent++)
      .catch((error: unknown) => report.otherwise.push(String(error)))
      .finally(() => (underway -= 1));
  }
  await delay(1);
}
while (underway > 0) await delay(5);
await pool.destroy();
process.stdout.write(JSON.stringify(report));
