const DAY_MS = 86_400_000;
const WEEKS = 12;

/** The Mondays of the last weeks that are over, the latest first; `today` by the centre's own calendar, "2026-03-11". */
export function pastWeeks(today: string): string[] {
  const now = Date.parse(`${today}T00:00:00Z`);
  const sinceMonday = (new Date(now).getUTCDay() + 6) % 7;
  return Array.from({ length: WEEKS }, (_, back) => {
    const monday = now - (sinceMonday + 7 * (back + 1)) * DAY_MS;
    return new Date(monday).toISOString().slice(0, 10);
  });
}
