import { findBrokers } from '../drivers/brokers.ts';
import { clusterPair, embeddedPair } from '../drivers/profiles.ts';
import { measureConsole } from './console.ts';
import { measureData } from './data.ts';
import { measureFloor } from './floor.ts';
import { measureHubs } from './hubs.ts';
import { measureMail } from './mail.ts';
import { measureOverload } from './overload.ts';
import type { Part } from './part.ts';
import { measureReplies } from './replies.ts';
import { measureReports } from './reports.ts';
import { measureRouting } from './routing.ts';
import { measureSockets } from './sockets.ts';
import { measureStart } from './start.ts';
import { measureWebhook } from './webhook.ts';

type Cluster = Awaited<ReturnType<typeof clusterPair>>;

/** `npm run bench -- NAME …` runs some of them. */
export const parts: Record<string, Part> = {
  start: { title: 'Start and idle', run: measureStart },
  webhook: {
    title: 'Signed webhook → agent’s console, embedded profile',
    async run(scale) {
      const pair = await embeddedPair();
      try {
        return await measureWebhook(pair, { p50: 2, p99: 3 }, scale);
      } finally {
        await pair.stop();
      }
    },
  },
  replies: { title: 'Reply → customer, embedded profile', run: measureReplies },
  cluster: {
    title: 'Signed webhook → agent’s console, cluster profile (RabbitMQ, Redis)',
    run: (scale) => onCluster((pair) => measureWebhook(pair, { p50: 2.5, p99: 3 }, scale)),
  },
  hubs: {
    title: 'One and two hubs, cluster profile',
    run: (scale) => onCluster((pair) => measureHubs(pair, scale)),
  },
  overload: { title: 'Twice what it can do', run: measureOverload },
  routing: { title: 'Who is free → the next ticket', run: measureRouting },
  floor: { title: 'The supervisors’ floor', run: measureFloor },
  mail: { title: 'Mail', run: measureMail },
  sockets: { title: 'Consoles and widgets connected', run: measureSockets },
  console: { title: 'The console in Chromium', run: measureConsole },
  reports: { title: 'Two years of reports', run: measureReports },
  data: { title: 'A long past', run: measureData },
};

async function onCluster<T>(measure: (pair: Cluster) => Promise<T>): Promise<T> {
  const brokers = await findBrokers();
  try {
    const pair = await clusterPair(brokers);
    try {
      return await measure(pair);
    } finally {
      await pair.stop();
    }
  } finally {
    await brokers.stop();
  }
}
