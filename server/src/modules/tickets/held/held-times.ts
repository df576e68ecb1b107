import { HubError } from '../../../platform/errors/hub-error.ts';

/** Whatever is planned for longer is a slip of the finger: a wrong year sends nothing, and nobody notices. */
const MOST_MS = 366 * 86_400_000;

/** One further off is refused. `path`: of the field that it was asked in. */
export function requireWithinAYear(until: Date, now: Date, path: string): void {
  if (until.getTime() - now.getTime() <= MOST_MS) return;
  throw new HubError('invalid', 'This is more than a year from now: choose a time within a year', {
    fields: [{ path, message: 'Choose a time within a year' }],
  });
}
