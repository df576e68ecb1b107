import type { AlertRuleSettings } from '@switchboard/contract';

/** `turnedAt`: since when the figure says otherwise than the alarm; null: they agree. */
export interface Standing {
  alarming: boolean;
  turnedAt: Date | null;
}
type Limit = Pick<AlertRuleSettings, 'over' | 'threshold' | 'forSeconds'>;

/** Over is what has stayed over for this long, though it need be beyond for less to begin: who hovers does not flap. */
const LEAST_CALM_SECONDS = 15;

/** How a rule stands after its figure was looked at; `value` null: there is none, which is beyond nothing. Pure. */
export function judged({ alarming, turnedAt }: Standing, value: number | null, limit: Limit, now: Date): Standing {
  const { over, threshold, forSeconds } = limit;
  const beyond = value !== null && (over === 'above' ? value > threshold : value < threshold);
  if (beyond === alarming) return { alarming, turnedAt: null };
  const since = turnedAt ?? now;
  const needed = alarming ? Math.max(forSeconds, LEAST_CALM_SECONDS) : forSeconds;
  if (now.getTime() - since.getTime() < needed * 1000) return { alarming, turnedAt: since };
  return { alarming: beyond, turnedAt: null };
}
