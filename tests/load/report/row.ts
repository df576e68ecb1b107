/** One line of the table. */
export interface Row {
  readonly what: string;
  /** What the hub did, with its unit. */
  readonly measured: string;
  /** What the machine can do at best, in the same run. */
  readonly floor?: string;
  readonly ratio?: number;
  /** As LIMITS says it, and whether it is met; a figure without a goal is for comparing. */
  readonly goal?: string;
  readonly met?: boolean;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const perSecond = (value: number): string => `${value.toFixed(0)}/s`;
export const mib = (value: number): string => `${value.toFixed(0)} MiB`;

/** Both in the same unit; less is better. */
export function atMost(what: string, hub: number, floor: number, times: number, show = ms): Row {
  const ratio = hub / floor;
  return { what, measured: show(hub), floor: show(floor), ratio, goal: `≤ ${times}×`, met: ratio <= times };
}

/** Both in the same unit; more is better. */
export function atLeast(what: string, hub: number, floor: number, times: number, show = perSecond): Row {
  const ratio = hub / floor;
  return { what, measured: show(hub), floor: show(floor), ratio, goal: `≥ ${times}×`, met: ratio >= times };
}

export function within(what: string, value: number, limit: number, show = ms): Row {
  return { what, measured: show(value), goal: `≤ ${show(limit)}`, met: value <= limit };
}
