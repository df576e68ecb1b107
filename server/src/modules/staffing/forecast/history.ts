/** What came on one local day, interval by interval: all days of a history have as many intervals. */
export interface Day {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly counts: readonly number[];
}

const DAY_MS = 86_400_000;
export const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
/** 0 = Monday. */
export const weekdayOf = (date: string) => (dayNumber(date) + 3) % 7;
export const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** Between the two nearest ranks. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(rank)] ?? 0, sorted[Math.ceil(rank)] ?? 0];
  return low + (high - low) * (rank - Math.floor(rank));
}

/** Of so many same weekdays on each side is known what is usual for a weekday … */
const WEEKS_AROUND = 4;
/** … and of so many days on each side whether it is a busy time. */
const DAYS_AROUND = 4;

/**
 * Without holidays, outages and floods: days of less than half or more than twice what their weekday has, as the days around
 * them go, beyond what chance does. They are as good as missing. Days of a level that changed for good are like each other.
 */
export function usualDays(history: readonly Day[]): Day[] {
  const totals = history.map(({ counts }) => sum(counts));
  const usual = usualTotals(history, totals);
  const pace = totals.map((total, at) => (usual[at]! > 0 ? total / usual[at]! : 1));
  return history.filter((_, at) => {
    const around = pace.slice(Math.max(0, at - DAYS_AROUND), at + DAYS_AROUND + 1);
    return isUsual(totals[at]!, usual[at]! * median(around));
  });
}

/** What each day's weekday has around it. */
function usualTotals(history: readonly Day[], totals: readonly number[]): number[] {
  const usual: number[] = [];
  for (let weekday = 0; weekday < 7; weekday++) {
    const same = [...history.keys()].filter((at) => weekdayOf(history[at]!.date) === weekday);
    same.forEach((at, week) => {
      const around = same.slice(Math.max(0, week - WEEKS_AROUND), week + WEEKS_AROUND + 1);
      usual[at] = median(around.map((other) => totals[other]!));
    });
  }
  return usual;
}

function isUsual(total: number, likely: number): boolean {
  const beyondChance = Math.abs(total - likely) > 4 * Math.sqrt(Math.max(likely, 1));
  return !beyondChance || (total >= likely / 2 && total <= likely * 2);
}
