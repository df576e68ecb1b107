import { setTimeout as pause } from 'node:timers/promises';
import { afterthoughts, farewell } from './cast/stories.ts';
import type { Medium, Story } from './cast/story.ts';
import { fileOf, type SentFile } from './files.ts';
import type { Line } from './line.ts';
import type { Random } from './random.ts';

/** How the customers of a centre are. */
export interface Manner {
  /** How much longer everything takes them; 1: as below. */
  readonly pace: number;
  /** They wait for no answer for ever, leave a chat that nobody answers soon, and some come back with another question. */
  readonly isRestless: boolean;
}
type Seconds = readonly [number, number];

/** Until a customer writes on, by what they write with. */
const thinking: Readonly<Record<Medium, Seconds>> = {
  chat: [2, 8],
  sms: [8, 30],
  mail: [20, 75],
  telegram: [4, 20],
  whatsapp: [4, 20],
  messenger: [4, 20],
  instagram: [4, 20],
  slack: [6, 30],
  form: [20, 75],
  app: [6, 30],
};
const stays: Seconds = [120, 300];
const staysRestless: Seconds = [8, 30];
/** Of who waits at a screen for the first answer, and of everybody. */
const patience: Seconds = [40, 160];
const longestPatience: Seconds = [300, 400];
const stops = 0.08;
const comesBack = 0.15;
const saysFarewell = 0.6;

const write = async (line: Line, text: string, file: SentFile | undefined, signal: AbortSignal): Promise<void> => {
  const end = Date.now() + Math.min(Math.max(text.length * 45, 1200), 9000);
  while (Date.now() < end) {
    line.typing();
    await pause(Math.min(2500, Math.max(end - Date.now(), 1)), undefined, { signal });
  }
  await line.say(text, file);
};

/** Until the agent's words come, or for as long as somebody has patience. */
const isAnswered = async (line: Line, seconds: number | null, signal: AbortSignal): Promise<boolean> => {
  const enough = seconds === null ? signal : AbortSignal.any([signal, AbortSignal.timeout(Math.round(seconds * 1000))]);
  try {
    await line.reply(enough);
    return true;
  } catch (error) {
    if (signal.aborted || !enough.aborted) throw error;
    return false;
  }
};

/** The customer's side of a story: each turn waits for the agent's words. `answered` tells when the first has come. */
export const converse = async (
  { line, medium, story }: { line: Line; medium: Medium; story: Story },
  { pace, isRestless }: Manner,
  random: Random,
  signal: AbortSignal,
  answered: () => void,
): Promise<void> => {
  const turns = story.turns.filter((_, index) => index % 2 === 0);
  const endsWithThem = story.turns.length % 2 === 1;
  const secondsOf = (seconds: Seconds) => random.between(...seconds) * pace;
  const wait = (seconds: Seconds) => pause(secondsOf(seconds) * 1000, undefined, { signal });
  const patienceAt = (index: number) =>
    isRestless ? secondsOf(index === 0 && medium === 'chat' ? patience : longestPatience) : null;
  try {
    for (const [index, text] of turns.entries()) {
      if (index > 0) await wait(thinking[medium]);
      await write(line, text, index === 0 ? fileOf(story, random) : undefined, signal);
      if (endsWithThem && index === turns.length - 1) break;
      if (!(await isAnswered(line, patienceAt(index), signal))) {
        if (index === 0 && random.chance(saysFarewell)) await line.say(farewell);
        return;
      }
      answered();
    }
    await wait(isRestless ? staysRestless : stays);
    if (isRestless && random.chance(comesBack)) {
      await write(line, random.pick(afterthoughts)[0], undefined, signal);
      await isAnswered(line, secondsOf(longestPatience), signal);
    }
    if (medium === 'sms' && random.chance(stops)) await line.say('STOP');
  } finally {
    line.leave();
  }
};
