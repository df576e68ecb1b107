import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lockDirectory } from './data-lock.ts';

/**
 * The server runs as compiled JavaScript in a process of its own. In production this file is compiled too and main.js
 * lies beside it. When this file is run from its TypeScript source (tests), dist/ is brought up to date first.
 */
export async function mainPath(): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('../main.js', import.meta.url));
  const workspace = fileURLToPath(new URL('..', import.meta.url));
  if (!isBuilt(workspace)) await build(workspace);
  return join(workspace, 'dist', 'main.js');
}

const modifiedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isBuilt(workspace: string): boolean {
  const built = modifiedAt(join(workspace, 'dist', '.tsbuildinfo'));
  return readdirSync(workspace, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('dist'))
    .every((path) => modifiedAt(join(workspace, path)) < built);
}

/** Test processes run side by side: one builds, the others wait for it. */
async function build(workspace: string): Promise<void> {
  const dist = join(workspace, 'dist');
  mkdirSync(dist, { recursive: true });
  for (;;) {
    const result = lockDirectory(dist, 'build.lock');
    if (!result.ok) {
      await delay(100);
      continue;
    }
    try {
      if (!isBuilt(workspace)) await compile(workspace);
      return;
    } finally {
      result.lock.release();
    }
  }
}

async function compile(workspace: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@typescript/native/package.json');
  const compiler = join(manifest, '..', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [compiler, '-b', workspace]);
}
