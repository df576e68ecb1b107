import type { Random } from '../../../connectors/simulator/random.ts';

/**
 * How a provider treats those who send by it: takes a message at once, or late; asks to come later; fails without taking
 * it; takes it and breaks the line before it says so; takes it and says nothing at all, which is not waited for.
 */
export const moods = ['well', 'slow', 'busy', 'broken', 'forgetful', 'silent'] as const;
export type Mood = (typeof moods)[number];

/** Longer than a hub waits. */
export const SILENT_MS = 70_000;
/** So much silence is waited out for, one after the other on one line; more would only make the run longer. */
const MOST_SILENT = 1;

/** What a provider in a mood does with its messages, one by one: bad moods show in every second one. */
export class Moods {
  #silent = 0;

  constructor(private readonly random: Random) {}

  next(mood: Mood): Mood {
    if (!this.random.chance(0.5)) return 'well';
    if (mood !== 'silent') return mood;
    this.#silent += 1;
    return this.#silent > MOST_SILENT ? 'well' : mood;
  }
}
