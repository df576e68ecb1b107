import { setTimeout as pause } from 'node:timers/promises';
import type { Medium, Story } from './cast/story.ts';
import { fileOf, type SentFile } from './files.ts';
import type { Line } from './line.ts';
import type { Random } from './random.ts';

/** Seconds until a customer writes on, by what they write with. */
const thinking: Readonly<Record<Medium, readonly [number, number]>> = { chat: [2, 8], sms: [8, 30], mail: [20, 75] };
const staysSeconds: readonly [number, number] = [120, 300];
const stops = 0.08;

const write = async (line: Line, text: string, file: SentFile | undefined, signal: AbortSignal): Promise<void> => {
  const end = Date.now() + Math.min(Math.max(text.length * 45, 1200), 9000);
  while (Date.now() < end) {
    line.typing();
    await pause(Math.min(2500, Math.max(end - Date.now(), 1)), undefined, { signal });
  }
  await line.say(text, file);
};

/** The customer's side of a story: each turn waits for the agent's words. `answered` tells when the first has come. */
export const converse = async (
  { line, medium, story }: { line: Line; medium: Medium; story: Story },
  random: Random,
  signal: AbortSignal,
  answered: () => void,
): Promise<void> => {
  const turns = story.turns.filter((_, index) => index % 2 === 0);
  const wait = (seconds: readonly [number, number]) => pause(random.between(...seconds) * 1000, undefined, { signal });
  try {
    for (const [index, text] of turns.entries()) {
      if (index > 0) {
        await line.reply(signal);
        answered();
        await wait(thinking[medium]);
      }
      await write(line, text, index === 0 ? fileOf(story, random) : undefined, signal);
    }
    await line.reply(signal);
    answered();
    if (medium === 'sms' && random.chance(stops)) await line.say('STOP');
    await wait(staysSeconds);
  } finally {
    line.leave();
  }
};
