import { setTimeout as after } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Connection } from 'mongoose';
import type { Bus } from '../bus/bus.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Presence } from '../presence/presence.ts';
import { BUS, DATABASE, JOBS, PRESENCE } from '../tokens.ts';

const PATIENCE_MS = 3_000;

export interface State {
  readonly ok: boolean;
  readonly detail: string;
}
export interface Readiness {
  readonly ok: boolean;
  readonly draining: boolean;
  readonly dependencies: Record<string, State>;
}

/** May this process be given work? */
@Injectable()
export class Health implements BeforeApplicationShutdown {
  private draining = false;

  constructor(
    @Inject(DATABASE) private readonly connection: Connection,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  /** From now on a load balancer is told to send nothing more. */
  drain(): void {
    this.draining = true;
  }

  beforeApplicationShutdown(): void {
    this.drain();
  }

  async ready(): Promise<Readiness> {
    const checks = {
      database: () => this.pingDatabase(),
      bus: () => this.bus.healthy(),
      jobs: () => this.jobs.healthy(),
      presence: () => this.presence.healthy(),
    };
    const states = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
    );
    const healthy = states.every(([, { ok }]) => ok);
    return { ok: healthy && !this.draining, draining: this.draining, dependencies: Object.fromEntries(states) };
  }

  private async pingDatabase(): Promise<State> {
    await this.connection.getClient().db(this.connection.name).command({ ping: 1 });
    return { ok: true, detail: 'answers' };
  }
}

/** One that does not answer is as bad as one that says no. */
async function stateOf(check: () => Promise<State>): Promise<State> {
  const patience = new AbortController();
  const silent = after(
    PATIENCE_MS,
    { ok: false, detail: `no answer for ${PATIENCE_MS} ms` },
    { signal: patience.signal },
  );
  try {
    return await Promise.race([check(), silent]);
  } catch (error) {
    return { ok: false, detail: (error as Error).message };
  } finally {
    patience.abort();
    silent.catch(() => undefined);
  }
}
