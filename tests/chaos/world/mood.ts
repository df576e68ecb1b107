import type { Random } from '../../../connectors/simulator/random.ts';

/**
 * How a provider treats those who send by it: takes a message at once, or late; asks to come later; fails without taking
 * it; takes it and breaks the line before it says so.
 */
export const moods = ['well', 'slow', 'busy', 'broken', 'forgetful'] as const;
export type Mood = (typeof moods)[number];

/** What a provider in a mood does with one message: bad moods show in every second one. */
export function moodNow(mood: Mood, random: Random): Mood {
  return random.chance(0.5) ? mood : 'well';
}
