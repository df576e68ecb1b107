/** The staffing formulas are called with people's numbers: one that can't be is named. */
export function requireRange(named: Readonly<Record<string, number>>, least: number, kind?: 'whole'): void {
  for (const [name, value] of Object.entries(named)) {
    const fits = Number.isFinite(value) && value >= least && (kind === undefined || Number.isInteger(value));
    if (!fits)
      throw new RangeError(`${name} must be ${kind ? 'a whole number' : 'a number'} from ${least} up, not ${value}`);
  }
}

export function requirePositive(named: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(named))
    if (!(value > 0)) throw new RangeError(`${name} must be more than 0, not ${value}`);
}

/** Where `holds` begins to be so between two numbers, to the last bit: it is not so at `low`, and stays so once it is. */
export function switchover(holds: (value: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return below;
    if (holds(middle)) above = middle;
    else below = middle;
  }
}

/** The first whole number from `least` up for which `holds` is so; once it is so it stays so. */
export function firstWhole(holds: (value: number) => boolean, least: number): number {
  if (holds(least)) return least;
  let step = 1;
  while (!holds(least + step)) step *= 2;
  let [below, above] = [least + Math.floor(step / 2), least + step];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
