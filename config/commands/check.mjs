// npm run check: format, lint, types, import rules, file sizes. Two at a time; what fails is shown whole.
import { spawn } from 'node:child_process';
import { root } from './prepare.mjs';

const checks = [
  ['types', 'npx tsc -b server && npx tsc -p tests'],
  ['lint', 'npx eslint --max-warnings 0 --cache --cache-location .cache/eslint .'],
  ['console', 'npm run -s check -w @switchboard/agent-console'],
  ['widget', 'npm run -s check -w @switchboard/widget'],
  ['format', 'npx prettier --check --log-level warn --cache --cache-location .cache/prettier .'],
  [
    'imports',
    'npx depcruise --config .dependency-cruiser.cjs --output-type err-long config connectors server agent-console/src tests',
  ],
  ['sizes', 'node config/commands/check-sizes.mjs'],
  ['environment', 'node config/commands/env-example.mjs --check'],
];

const run = ([name, command]) =>
  new Promise((done) => {
    const started = performance.now();
    let output = '';
    const child = spawn(command, { cwd: root, shell: true, env: { ...process.env, npm_config_loglevel: 'error' } });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds} s\n${code === 0 ? '' : output}`,
      );
      done(code === 0);
    });
  });

const waiting = [...checks];
const results = [];
const worker = async () => {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) results.push(await run(check));
};
await Promise.all([worker(), worker()]);
process.exit(results.every(Boolean) ? 0 : 1);
