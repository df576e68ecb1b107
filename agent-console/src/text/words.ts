import type { Message } from './message.ts';

const words: Record<string, Message> = {};

export function addWords(more: Readonly<Record<string, Message>>): void {
  Object.assign(words, more);
}

export function wordsOf(key: string): Message {
  const message = words[key];
  if (message === undefined) throw new Error(`The words of ${key} are not there yet: import text/pages.ts`);
  return message;
}
