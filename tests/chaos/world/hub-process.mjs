// A hub process as anybody would compose one, plus a clock that may be wrong and a listener to its stages that ends it.
// Plain JavaScript on the built server, so that a process that dies is back as fast as the real one.
import { startHub } from '../../../server/dist/hub.js';
import { Stages } from '../../../server/dist/platform/stages/stages.js';
import { run } from '../../../server/dist/run.js';

let clockMs = Number(process.argv[2] ?? 0);
/** @type {{ stage: string, pass: number } | null} */
let fault = null;

const clock = { now: () => new Date(Date.now() + clockMs) };
const stages = new Stages();
stages.on((stage) => {
  if (fault?.stage !== stage) return;
  fault.pass -= 1;
  if (fault.pass === 0) process.kill(process.pid, 'SIGKILL');
});

process.on('message', (/** @type {import('./hub.ts').Order} */ order) => {
  if (order.what === 'die-at') fault = { stage: order.stage, pass: order.pass };
  if (order.what === 'live-on') fault = null;
  if (order.what === 'clock') clockMs = order.ms;
  if (order.what === 'weigh') {
    globalThis.gc?.();
    process.send?.({ what: 'weight', bytes: process.memoryUsage().heapUsed });
  }
});
// Nobody is left to stop it.
process.on('disconnect', () => process.exit(1));

run((config, log) => startHub(config, log, { clock, stages }));
