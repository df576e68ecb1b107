// npm test: installs and builds what is missing, runs every test, ends with "N passed, N failed".
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const jest = join(root, 'node_modules/jest/bin/jest.js');
const args = ['--config', join(root, 'tests/jest.config.js'), ...process.argv.slice(2)];
const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];
const child = spawn(process.execPath, [...flags, jest, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_OPTIONS: flags.join(' ') },
});
child.on('close', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
