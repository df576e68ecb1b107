import { OF_HOUR, type Random } from '@switchboard/connectors/simulator';
import { Channels } from '../modules/channels/index.ts';
import { ImportArrivals } from '../modules/staffing/index.ts';
import type { BackOffice } from './back-office.ts';
import type { Furnished } from './furnish.ts';

const DAYS = 84;
const QUARTER_MS = 15 * 60_000;
/** A day's tickets of each queue, the busiest first, and how they come over the channels. */
const perDay = [260, 120, 80];
const overChannels = [0.4, 0.25, 0.15];
const overOthers = 0.025;
/** Sunday first. */
const ofWeekday = [0.3, 1.35, 1.15, 1, 1, 1.05, 0.5];
const allHours = OF_HOUR.reduce((sum, part) => sum + part, 0);

/** What came in the weeks before, as a centre brings it along from the system that it had: counts without tickets. */
export async function bringArrivals(office: BackOffice, centre: Furnished, now: Date, random: Random): Promise<void> {
  const opened = await Promise.all(Object.values(centre.accountIds).map((id) => office.the(Channels).open(id)));
  const channels = opened.flatMap((open) => (open === null ? [] : [open.account.channel]));
  for (const [at, queueId] of [...centre.queueIds.values()].entries())
    for (const [index, channel] of channels.entries()) {
      const mean = (perDay[at] ?? 40) * (overChannels[index] ?? overOthers);
      const arrivals = quartersBefore(now).flatMap((quarter) => {
        const count = poisson(mean * shareOf(quarter), random);
        return count === 0 ? [] : [{ at: quarter.toISOString(), count }];
      });
      await office.the(ImportArrivals).run(centre.administrator, queueId, { channel, arrivals });
    }
}

/** Of whole days up to last midnight. */
function quartersBefore(now: Date): Date[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return Array.from({ length: DAYS * 96 }, (_, quarter) => new Date(midnight - (quarter + 1) * QUARTER_MS));
}

function shareOf(quarter: Date): number {
  const turnOfMonth = quarter.getDate() >= 29 || quarter.getDate() <= 3 ? 1.2 : 1;
  return (turnOfMonth * (ofWeekday[quarter.getDay()] ?? 1) * (OF_HOUR[quarter.getHours()] ?? 0)) / allHours / 4;
}

function poisson(mean: number, random: Random): number {
  let count = 0;
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count += 1;
  return count;
}
