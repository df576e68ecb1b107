import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICK_MS = 10;

/** The processor time that these processes have used so far. It holds on a loaded machine, where times on the clock do not. */
export const cpuMs = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);

function cpuOf(pid: number): number {
  // The name in brackets may hold anything, so what is counted begins behind it.
  const fields = statOf(pid).slice(2).trim().split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function statOf(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')'));
}

/** The memory of these processes in MiB; what several share is counted once. */
export const memoryMiB = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + memoryOf(pid), 0);

function memoryOf(pid: number): number {
  const [, kib = '0'] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** The memory that these processes have in use, what they share counted for each. */
export const residentMiB = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + residentOf(pid), 0);

function residentOf(pid: number): number {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** A process and all that it has started. */
export function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(withChildren)];
}
