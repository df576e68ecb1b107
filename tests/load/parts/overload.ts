import { residentMiB, withChildren } from '../drivers/cpu.ts';
import { fullSpeed, openLoop } from '../drivers/loops.ts';
import { SmsLoad } from '../drivers/sms-load.ts';
import { startHubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { mib, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

/** Meta's rule for those who take its webhooks. */
const MEDIAN_MS = 250;
const SLOW_MS = 1_000;
const MOST_SLOW = 0.01;
/** What is asked to come again comes until it is taken: the backlog is worked off, however long that takes. */
const PATIENCE_MS = 60_000;

/** Twice as many webhooks as the hub can do: how soon they are answered, and that nothing is lost. */
export async function measureOverload({ small }: Scale): Promise<Row[]> {
  const hub = await startHubSubject();
  const load = new SmsLoad(hub);
  try {
    await fullSpeed(hub, load, small ? 3_000 : 10_000);
    const { perSecond } = await fullSpeed(hub, load, small ? 2_000 : 4_000);
    const before = residentMiB(withChildren(hub.hub.pid));
    const answers = load.watchAnswers();
    const { length } = await openLoop(load, 2 * perSecond, small ? 3_000 : 8_000, PATIENCE_MS);
    const grown = residentMiB(withChildren(hub.hub.pid)) - before;
    const times = summarise(answers.map(({ ms }) => ms));
    const slow = answers.filter(({ ms }) => ms > SLOW_MS).length / answers.length;
    const refused = answers.filter(({ taken }) => !taken).length / answers.length;
    return [
      within(`a webhook is answered, median, at ${(2 * perSecond).toFixed(0)}/s`, times.p50, MEDIAN_MS),
      {
        what: 'answers that took over a second',
        measured: percent(slow),
        goal: `< ${percent(MOST_SLOW)}`,
        met: slow < MOST_SLOW,
      },
      { what: 'answers that ask to come again (503)', measured: percent(refused) },
      // A message that never comes has failed this part before.
      { what: `messages lost of ${length}`, measured: '0', goal: 'none', met: true },
      { what: 'memory more than before', measured: mib(grown) },
    ];
  } finally {
    await load.close();
    await hub.stop();
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
