import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TemporaryDirectory, temporaryDirectory } from '../testing/temporary-directory.ts';
import { lockDirectory } from './data-lock.ts';

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const writeLock = (content: string) => writeFileSync(join(directory.path, 'server.lock'), content);

function take() {
  const result = lockDirectory(directory.path);
  if (!result.ok) throw new Error(`held by ${result.pid}`);
  return result.lock;
}

describe('the lock of a data directory', () => {
  it('is taken, and leaves nothing behind when it is released', () => {
    const lock = take();
    expect(readdirSync(directory.path)).toEqual(['server.lock']);
    lock.release();
    expect(readdirSync(directory.path)).toEqual([]);
  });

  it('names the living process that holds it', () => {
    writeLock(String(process.ppid));
    expect(lockDirectory(directory.path)).toEqual({ ok: false, pid: process.ppid });
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    writeLock(String(child.pid));
    expect(() => take()).not.toThrow();
  });

  it('is taken over when another process has the pid of the dead one', () => {
    writeLock(`${process.ppid} 1`);
    expect(process.platform === 'linux' ? lockDirectory(directory.path).ok : true).toBe(true);
  });

  it('is taken over when the file is empty or garbled', () => {
    for (const content of ['', 'what']) {
      writeLock(content);
      take().release();
    }
  });
});
