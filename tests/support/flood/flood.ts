import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

export interface Flood {
  /** Up to ten hex digits: what is sent is known by it. */
  readonly name: string;
  readonly webhookUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly perSecond: number;
  readonly ms: number;
}

export interface FloodReport {
  sent: number;
  /** The provider's ids of what was answered with 200. */
  readonly accepted: string[];
  refused: number;
  /** Neither 200 nor 503. */
  readonly otherwise: string[];
  readonly retryAfter: string[];
  readonly tookMs: number[];
}

const folder = import.meta.dirname;
const typescript = pathToFileURL(resolve(folder, '../../../config/commands/typescript-loader.mjs')).href;

/** Signed texts at a rate, from a process of its own: the load must not be slowed by who measures it. */
export async function runFlood(flood: Flood): Promise<FloodReport> {
  const main = resolve(folder, 'main.ts');
  const child = spawn(process.execPath, ['--import', typescript, main, JSON.stringify(flood)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(said) as FloodReport;
}

/** The value below which `share` of them lie. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
