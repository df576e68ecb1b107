import { startHub } from '../../support/hub.ts';
import { withChildren } from '../drivers/cpu.ts';
import { fullSpeed } from '../drivers/loops.ts';
import type { clusterPair } from '../drivers/profiles.ts';
import { SmsLoad } from '../drivers/sms-load.ts';
import type { Subject } from '../drivers/subject.ts';
import { atMost, perSecond, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const MOST_CPU = 1.15;

/** The same centre by one hub process and by two: webhooks by turns, the console on the first. */
export async function measureHubs(
  { hub, env }: Awaited<ReturnType<typeof clusterPair>>,
  { small }: Scale,
): Promise<Row[]> {
  const second = await startHub({ env: { LOG_LEVEL: 'warn', ...env }, setUp: false });
  const both: Subject = { ...hub, pids: () => [...hub.pids(), ...withChildren(second.pid)] };
  const load = new SmsLoad(both, [hub.webhookUrl, hub.webhookUrl.replace(hub.hub.url, second.url)]);
  try {
    const ms = small ? 3_000 : 5_000;
    await fullSpeed(both, load, ms * 2);
    const two = await fullSpeed(both, load, ms);
    await second.stop();
    const alone = new SmsLoad(hub);
    await fullSpeed(hub, alone, ms);
    const one = await fullSpeed(hub, alone, ms);
    await alone.close();
    return [
      {
        what: 'two hubs, messages per second',
        measured: perSecond(two.perSecond),
        floor: perSecond(one.perSecond),
        ratio: two.perSecond / one.perSecond,
      },
      atMost('two hubs, processor time per message', two.cpuMsPerMessage, one.cpuMsPerMessage, MOST_CPU),
    ];
  } finally {
    await load.close();
    await second.stop();
  }
}
