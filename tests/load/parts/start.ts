import { setTimeout as delay } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '../../support/hub.ts';
import { memoryMiB, withChildren } from '../drivers/cpu.ts';
import { mib, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const READY_MS = 3_000;
const IDLE_MIB = 220;

/** From the command to "ready", on an empty folder and on the one that it left; and what it takes while nothing happens. */
export async function measureStart({ small }: Scale): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-start-'));
  try {
    const first = await startedIn(dataDir);
    await first.hub.stop();
    const second = await startedIn(dataDir);
    await delay(small ? 3_000 : 10_000);
    const idle = memoryMiB(withChildren(second.hub.pid));
    await second.hub.stop();
    return [
      within('ready on an empty folder', first.ms, READY_MS),
      within('ready the second time', second.ms, READY_MS),
      within('memory while idle, database included', idle, IDLE_MIB, mib),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function startedIn(dataDir: string) {
  const started = performance.now();
  const hub = await startHub({ dataDir, setUp: false });
  return { hub, ms: performance.now() - started };
}
