import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One server per data directory. The lock file names the process that holds it; on Linux also when that process
 * started, because in a new container another process may well have the pid of a dead one.
 */
export interface DataLock {
  release(): void;
}

export type LockResult = { ok: true; lock: DataLock } | { ok: false; pid: number };

interface Holder {
  pid: number;
  startedAt: string | null;
}

/** Field 22 of /proc/PID/stat, in ticks since boot; the second field, a name in brackets, may hold spaces. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null; // No such process, or not Linux.
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startTimeOf(pid);
  return startedAt === null || now === null || now === startedAt;
}

function readHolder(path: string): { text: string; holder: Holder | null } | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const [pid, startedAt] = text.trim().split(' ');
  const isPid = Number.isInteger(Number(pid)) && Number(pid) > 0;
  return { text, holder: isPid ? { pid: Number(pid), startedAt: startedAt ?? null } : null };
}

const exists = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EEXIST';

/** Linking makes the lock appear complete or not at all, and fails when it is there. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (exists(error)) return false;
    throw error;
  }
}

/** Removes a dead holder's lock. Another process may do so at the same time: what was not the dead one's goes back. */
function removeStale(path: string, staleText: string, mine: string): void {
  const aside = `${mine}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== staleText) tryLink(aside, path);
  rmSync(aside);
}

/** Takes the lock file, also over from a process that is gone. Creates the directory. */
export function lockDirectory(directory: string, name = 'server.lock'): LockResult {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${startTimeOf(process.pid) ?? ''}`.trim());
  try {
    for (;;) {
      if (tryLink(mine, path)) return { ok: true, lock: { release: () => rmSync(path, { force: true }) } };
      const current = readHolder(path);
      if (!current) continue;
      const { holder, text } = current;
      if (holder && holder.pid !== process.pid && isAlive(holder)) return { ok: false, pid: holder.pid };
      removeStale(path, text, mine);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
