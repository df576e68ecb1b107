export type SnoozeName = 'hour' | 'threeHours' | 'tomorrow' | 'monday' | 'nextWeek';

const HOUR = 3_600_000;
const MORNING = 9;

/** When “later” is, in the person's own zone. A preset that says the same as one before it is left out. */
export function snoozePresets(now: Date): { name: SnoozeName; at: Date }[] {
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const presets: { name: SnoozeName; at: Date }[] = [
    { name: 'hour', at: new Date(now.getTime() + HOUR) },
    { name: 'threeHours', at: new Date(now.getTime() + 3 * HOUR) },
    { name: 'tomorrow', at: morning(1) },
    { name: 'monday', at: morning(toMonday) },
    { name: 'nextWeek', at: morning(7) },
  ];
  return presets.filter(
    (preset, index) => presets.findIndex((each) => each.at.getTime() === preset.at.getTime()) === index,
  );
}
