import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const cache = join(root, '.cache');

/** What is built from what. A part is built again when a name, size or time of its sources has changed. */
const parts = [
  { name: 'server', from: ['config', 'connectors', 'server', 'tsconfig.json'], to: 'server/dist/main.js' },
  {
    name: 'widget',
    from: ['connectors/webchat/widget', 'connectors/contract'],
    to: 'connectors/webchat/widget/dist/widget.js',
  },
  { name: 'console', from: ['agent-console', 'connectors/contract'], to: 'agent-console/dist/index.html' },
];

/** Installs and builds what is missing, saying what it does. Exits with 1 and the tool's own words where that fails. */
export function prepare() {
  requireNode();
  if (isStale('node_modules/.package-lock.json', fingerprint(['package-lock.json', 'package.json']), 'install'))
    step(
      'Installing the packages (about a minute the first time)',
      'npm',
      ['install', '--no-audit', '--no-fund', '--loglevel=error'],
      'install',
      () => fingerprint(['package-lock.json', 'package.json']),
    );
  for (const { name, from, to } of parts) {
    if (isStale(to, fingerprint(from), name))
      step(`Building the ${name}`, 'npm', ['run', '-s', `build:${name}`], name, () => fingerprint(from));
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Switchboard needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

function step(what, command, args, stamp, newFingerprint) {
  process.stderr.write(`${what} …\n`);
  const started = performance.now();
  // What the builders say is of interest when they fail; npm shows how far it is.
  const output = stamp === 'install' ? 2 : 'pipe';
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(`${stdout ?? ''}${stderr ?? ''}${what} failed: see above.`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, stamp), newFingerprint());
  process.stderr.write(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

function isStale(product, wanted, stamp) {
  if (!existsSync(join(root, product))) return true;
  const file = join(cache, stamp);
  return !existsSync(file) || readFileSync(file, 'utf8') !== wanted;
}

function fingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) for (const line of filesOf(join(root, place))) hash.update(line);
  return hash.digest('hex');
}

function filesOf(path) {
  const { mtimeMs, size } = statSync(path);
  if (!statSync(path).isDirectory()) return [`${path} ${size} ${mtimeMs}\n`];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', '.cache'].includes(name) && !name.endsWith('.test.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesOf(join(path, name)));
}

export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
