// npm run dev: the hub, built and restarted at every save, and the console with hot reload beside it (Vite says where).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const run = (command, args) => spawn(command, args, { cwd: root, stdio: 'inherit' });
const built = ['config', 'connectors', 'connectors/contract', 'server'].map(
  (part) => `--watch-path=${join(root, part, 'dist')}`,
);
const children = [
  run(process.execPath, [
    join(root, 'node_modules/@typescript/native/bin/tsc'),
    '-b',
    'server',
    '--watch',
    '--preserveWatchOutput',
  ]),
  run(process.execPath, [...built, '--watch-preserve-output', join(root, 'server/dist/main.js')]),
  run('npm', ['run', '-s', 'dev', '-w', '@switchboard/agent-console']),
];
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => children.forEach((child) => child.kill(signal)));
