import { Worker } from 'node:worker_threads';
import type { Order, Report } from './replay-worker.ts';
import type { Played } from './scene.ts';

/** A week of a large centre takes seconds: what takes longer than this is stopped. */
const LONGEST_MS = 120_000;
const isSource = import.meta.url.endsWith('.ts');
const worker = new URL(`./replay-worker.${isSource ? 'ts' : 'js'}`, import.meta.url);
const loader = new URL('../../../../../../config/commands/typescript-loader.mjs', import.meta.url).href;
/** Not what the hub itself was started with; from source a thread reads TypeScript as the tools do. */
const execArgv = isSource ? ['--no-warnings', '--conditions=hub-src', '--import', loader] : [];

interface Follower {
  played(by: number, played: Played): void;
  progress(done: number): void;
}

/** In a thread, so that nobody at work notices. Rejects when it is aborted (with the signal's reason), takes too long, or fails. */
export async function runReplay(
  order: Order,
  follower: Follower,
  signal: AbortSignal,
  longestMs = LONGEST_MS,
): Promise<void> {
  signal.throwIfAborted();
  const thread = new Worker(worker, { execArgv, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  const late = AbortSignal.timeout(longestMs);
  const heard = (report: Report, done: () => void) => {
    if (report.kind === 'progress') follower.progress(report.done);
    else if (report.kind === 'played') follower.played(report.by, report.played);
    else done();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('message', (report: Report) => heard(report, resolve));
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('The thread of the replay has ended')));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      late.addEventListener('abort', () => reject(new Error(`It takes longer than ${longestMs / 1000} s: stopped`)));
      thread.postMessage(order);
    });
  } finally {
    await thread.terminate();
  }
}
