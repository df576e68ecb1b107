import { parentPort } from 'node:worker_threads';
import type { Played, Rules, Scene } from './scene.ts';
import { Simulation } from './simulate.ts';

/** What is to be played: by each rules, once for each seed. */
export interface Order {
  readonly scene: Scene;
  readonly rules: readonly Rules[];
  readonly seeds: number;
}
export type Report =
  | { readonly kind: 'progress'; readonly done: number }
  /** By the rules at that place. */
  | { readonly kind: 'played'; readonly by: number; readonly played: Played }
  | { readonly kind: 'done' };

const report = (message: Report) => parentPort?.postMessage(message);

parentPort?.once('message', ({ scene, rules, seeds }: Order) => {
  const plays = seeds * rules.length;
  for (let seed = 0, drew = true; seed < seeds && drew; seed += 1) {
    drew = false;
    rules.forEach((each, by) => {
      const before = seed * rules.length + by;
      const tell = (done: number) => report({ kind: 'progress', done: (before + done) / plays });
      const played = new Simulation(scene, each, seed).run(tell);
      // Where nothing was drawn another seed plays the same.
      drew ||= played.drew;
      report({ kind: 'played', by, played });
    });
  }
  report({ kind: 'done' });
});
