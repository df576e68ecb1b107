import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs } from './cpu.ts';
import type { Passage, SmsLoad } from './sms-load.ts';
import type { Subject } from './subject.ts';

/** A message that is not with the console by then is lost. */
const LOST_MS = 20_000;

export interface Pace {
  readonly perSecond: number;
  readonly cpuMsPerMessage: number;
}

/** As many as it can do: `window` messages are always under way. */
export async function fullSpeed(subject: Subject, load: SmsLoad, ms: number, window = 64): Promise<Pace> {
  const cpuBefore = cpuMs(subject.pids());
  const started = performance.now();
  let count = 0;
  const customer = async () => {
    while (performance.now() - started < ms) {
      await load.send();
      count += 1;
    }
  };
  const customers = Promise.all(Array.from({ length: window }, customer));
  await within(ms + LOST_MS, customers, () => `${load.underway} messages never came`);
  const tookMs = performance.now() - started;
  return { perSecond: (count / tookMs) * 1000, cpuMsPerMessage: (cpuMs(subject.pids()) - cpuBefore) / count };
}

/** At a rate, whatever becomes of the messages: who is slow is not waited for. */
export async function openLoop(load: SmsLoad, perSecond: number, ms: number, patienceMs = LOST_MS): Promise<Passage[]> {
  const passages: Promise<Passage>[] = [];
  const started = performance.now();
  for (let now = started; now - started < ms; now = performance.now()) {
    const due = Math.floor(((now - started) / 1000) * perSecond);
    while (passages.length < due) passages.push(load.send());
    await delay(1);
  }
  return within(patienceMs, Promise.all(passages), () => `${load.underway} of ${passages.length} messages never came`);
}

async function within<T>(ms: number, work: Promise<T>, lost: () => string): Promise<T> {
  const gaveUp = new AbortController();
  const late = delay(ms, undefined, { signal: gaveUp.signal }).then(() => Promise.reject(new Error(lost())));
  try {
    return await Promise.race([work, late]);
  } finally {
    gaveUp.abort();
    late.catch(() => undefined);
  }
}
