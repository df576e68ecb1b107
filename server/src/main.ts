import { startHub } from './hub.ts';
import { run } from './run.ts';

run(startHub);
