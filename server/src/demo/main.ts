import { run } from '../run.ts';
import { startDemo } from './open-demo.ts';

run((config, log) => startDemo(config, log, (text) => process.stdout.write(text)));
