// npm run test:chaos -- [--seed N] [--runs N] [--seconds N] [--only TROUBLE,…] [--log FILE]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const loader = new URL('typescript-loader.mjs', import.meta.url).href;
const flags = ['--conditions=hub-src', '--no-warnings=ExperimentalWarning', `--import=${loader}`];
const child = spawn(process.execPath, [...flags, join(root, 'tests/chaos/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
child.on('close', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
