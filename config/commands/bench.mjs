// npm run bench [-- PART … --small]: the benchmarks of tests/load. Prints a table, writes JSON and markdown to bench-results/.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();
const typescript = pathToFileURL(join(root, 'config/commands/typescript-loader.mjs')).href;
const main = join(root, 'tests/load/main.ts');
const child = spawn(process.execPath, ['--import', typescript, main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
child.on('close', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
