import { startBareSockets, type BareSockets } from '../floor/start-sockets.ts';
import { aConsole, aVisitor, connectAll, type Member } from '../drivers/crowd.ts';
import { memoryMiB } from '../drivers/cpu.ts';
import { SmsLoad } from '../drivers/sms-load.ts';
import { startHubSubject, type HubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { aWebchat } from '../drivers/webchat.ts';
import { atMost, ms, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const WATCHING = 500;
const KIB = 1024;
const kib = (value: number): string => `${value.toFixed(1)} KiB`;

/** Consoles and widgets on a hub and on bare Socket.IO: what they cost, how one event reaches them, how they come back. */
export async function measureSockets({ small }: Scale): Promise<Row[]> {
  const hub = await startHubSubject();
  const bare = await startBareSockets();
  const account = await aWebchat(hub.hub.admin);
  const crowds = crowdsOf(hub, bare, account, small ? 200 : 1_000);
  const members = Object.values(crowds).flat();
  try {
    const costs = [
      await costOf(hub.hub.pid, crowds.consoles),
      await costOf(hub.hub.pid, crowds.widgets),
      await costOf(bare.pid, crowds.bareConsoles),
      await costOf(bare.pid, crowds.bareWidgets),
    ] as const;
    return [
      ...costRows('console', costs[0], costs[2]),
      ...costRows('widget', costs[1], costs[3]),
      await fanOut(hub, bare, crowds.consoles.slice(0, WATCHING), crowds.bareConsoles.slice(0, WATCHING)),
      ...(await storm(hub, [...crowds.consoles, ...crowds.widgets])),
    ];
  } finally {
    for (const { socket } of members) socket.disconnect();
    await Promise.all([hub.stop(), bare.stop()]);
  }
}

function crowdsOf(hub: HubSubject, bare: BareSockets, account: string, each: number) {
  const many = (make: (at: number) => Member) => Array.from({ length: each }, (_, at) => make(at));
  const { url, cookieHeader } = hub.hub.admin;
  return {
    consoles: many(() => aConsole(url, cookieHeader)),
    // The hub listens on 127.0.0.1, whatever localhost is here.
    widgets: many((at) => aVisitor(url.replace('localhost', '127.0.0.1'), account, at)),
    bareConsoles: many(() => aConsole(bare.url, '')),
    bareWidgets: many((at) => aVisitor(bare.url, account, at)),
  };
}

interface Cost {
  readonly connectMs: number;
  readonly kib: number;
}

/** The first ones make what is made once: they don't count. */
const UNCOUNTED = 50;

async function costOf(pid: number, all: Member[]): Promise<Cost> {
  await connectAll(all.slice(0, UNCOUNTED));
  const members = all.slice(UNCOUNTED);
  const before = memoryMiB([pid]);
  const connectMs = (await connectAll(members)) / members.length;
  return { connectMs, kib: ((memoryMiB([pid]) - before) * KIB) / members.length };
}

const costRows = (who: string, hub: Cost, bare: Cost): Row[] => [
  {
    what: `a ${who} connects, of many`,
    measured: ms(hub.connectMs),
    floor: ms(bare.connectMs),
    ratio: hub.connectMs / bare.connectMs,
  },
  atMost(`memory per ${who}`, hub.kib, bare.kib, 1.3, kib),
];

/** From the first console that hears of it to the last. */
async function fanOut(hub: HubSubject, bare: BareSockets, consoles: Member[], bareConsoles: Member[]): Promise<Row> {
  const load = new SmsLoad(hub);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let event = 0; event < 20; event += 1) {
    theirs.push(...(await spreadOf(bareConsoles, async () => bare.broadcast({ ticket: 'x'.repeat(1_000) }))));
    ours.push(...(await spreadOf(consoles, async () => void (await load.send()))));
  }
  await load.close();
  return atMost(`one event to ${consoles.length} consoles p99`, summarise(ours).p99, summarise(theirs).p99, 1.5);
}

async function spreadOf(members: Member[], cause: () => Promise<void>): Promise<number[]> {
  const heard = Promise.all(
    members.map(
      ({ socket }) => new Promise<number>((resolve) => socket.once('ticket', () => resolve(performance.now()))),
    ),
  );
  await cause();
  const times = await heard;
  const first = Math.min(...times);
  return times.map((time) => time - first);
}

/** All drop and come back at once. */
async function storm(hub: HubSubject, members: Member[]): Promise<Row[]> {
  for (const { socket } of members) socket.disconnect();
  await lagOf(hub); // what it was before counts no more
  const tookMs = await connectAll(members, members.length);
  const lag = await lagOf(hub);
  return [
    within(`${members.length} sockets drop and are back`, tookMs, 5_000),
    within('event loop p99 meanwhile', lag, 100),
  ];
}

/** Of the time since the last time that it was asked. */
async function lagOf({ hub }: HubSubject): Promise<number> {
  const metrics = await (await fetch(`${hub.url}/metrics`)).text();
  const [, seconds = 'NaN'] = /^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)/m.exec(metrics) ?? [];
  return Number(seconds) * 1000;
}
