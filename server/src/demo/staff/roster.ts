import type { ChosenState } from '@switchboard/contract';

/** A time of somebody's working day, by the hour: 13.5 is half past one. */
interface Pause {
  readonly from: number;
  readonly to: number;
  readonly state: ChosenState;
  /** One of DEFAULT_REASONS. */
  readonly reasonId: string;
}
export interface Shift {
  readonly from: number;
  readonly to: number;
  readonly pauses: readonly Pause[];
}

const rest = (from: number, minutes: number): Pause => ({
  ...{ from, to: from + minutes / 60 },
  ...{ state: 'away', reasonId: 'break' },
});
const lunch = (from: number): Pause => ({ from, to: from + 0.5, state: 'away', reasonId: 'lunch' });
const meeting = (from: number, to: number): Pause => ({ from, to, state: 'busy', reasonId: 'meeting' });
const training = (from: number, to: number): Pause => ({ from, to, state: 'busy', reasonId: 'training' });

export const shifts = {
  early: { from: 7, to: 15.5, pauses: [rest(9.25, 15), lunch(11.75), meeting(14, 14.5)] },
  earlyToo: { from: 7.5, to: 15.75, pauses: [rest(9.75, 15), lunch(12.5), meeting(14, 14.5)] },
  middle: { from: 9, to: 17.5, pauses: [rest(10.75, 15), lunch(13), training(15, 16)] },
  middleToo: { from: 9.5, to: 18, pauses: [rest(11.25, 10), lunch(13.5), rest(16.25, 15)] },
  late: { from: 12, to: 20.9, pauses: [meeting(14, 14.5), rest(15.5, 15), lunch(17.5)] },
  lateToo: { from: 12.5, to: 20.8, pauses: [rest(15, 15), lunch(18), rest(19.5, 10)] },
} as const satisfies Record<string, Shift>;
export type ShiftName = keyof typeof shifts;

/** What somebody is to do at an hour. */
export type Duty = { readonly state: ChosenState; readonly reasonId: string | null };
export const AT_HOME: Duty = { state: 'offline', reasonId: null };
const atWork: Duty = { state: 'ready', reasonId: null };

export function dutyAt({ from, to, pauses }: Shift, hour: number): Duty {
  if (hour < from || hour >= to) return AT_HOME;
  return pauses.find((pause) => hour >= pause.from && hour < pause.to) ?? atWork;
}
