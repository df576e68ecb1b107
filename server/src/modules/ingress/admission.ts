import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { Bus } from '../../platform/bus/index.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Metrics } from '../../platform/http/metrics.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, LOG } from '../../platform/tokens.ts';
import { FairShare } from './fair-share.ts';
import { LoadLimit } from './load-limit.ts';

export interface Refusal {
  readonly reason: 'busy' | 'behind';
  readonly message: string;
  readonly retryAfterSeconds: number;
}
const message = 'More comes in than can be taken just now; try again later';
/** More at once than is done in good time. */
const BUSY: Refusal = { reason: 'busy', message, retryAfterSeconds: 2 };
/** What was taken before waits too long already. */
const BEHIND: Refusal = { reason: 'behind', message, retryAfterSeconds: 15 };

/** Who works on what comes in, and how much may wait for it before more is refused. */
const WORKER = 'tickets';
const MOST_WAITING = 20_000;
const LOOK_EVERY_MS = 2_000;
const TICK_MS = 250;
const ASK_AGAIN_MS = 100;
/** So long without a refusal, and it is over. */
const CALM_MS = 5_000;

/**
 * The one door of all that comes in: webhooks, mail, visitors' messages. What is beyond this process's strength is sent
 * away before anything of it is held, so that whoever sent it keeps it, and agents go on working.
 */
@Injectable()
export class Admission implements OnApplicationShutdown {
  private readonly share = new FairShare();
  private readonly limit = new LoadLimit();
  private readonly refused: Counter<'reason'>;
  private readonly timer: NodeJS.Timeout;
  private done = { count: 0, ms: 0 };
  private tickedAt = performance.now();
  private waiting = 0;
  private lookedAt = -Infinity;
  private episode: { since: number; last: number; refused: number } | null = null;

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.refused = new Counter({
      name: 'switchboard_ingress_refused_total',
      help: 'Inbound requests that were asked to come again, by reason',
      labelNames: ['reason'],
      registers,
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({ name, help, registers, collect() { this.set(read()); } }); // prettier-ignore
    gauge('switchboard_ingress_in_flight', 'Inbound requests in work', () => this.share.inUse);
    gauge('switchboard_ingress_limit', 'How many may be in work at once', () => this.limit.places);
    this.timer = setInterval(() => this.tick(), TICK_MS).unref();
  }

  /** Null: it may come in. Counts, for whoever asks sends it away. */
  refuse(accountId: string): Refusal | null {
    const refusal = this.against(accountId);
    if (refusal !== null) this.note(refusal);
    return refusal;
  }

  /** Throws at once what `refuse` says, or after `patienceMs` of asking again. */
  async run<T>(accountId: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
    const until = performance.now() + patienceMs;
    while (this.against(accountId) !== null && performance.now() < until) await delay(ASK_AGAIN_MS);
    const refusal = this.refuse(accountId);
    if (refusal !== null)
      throw new HubError('unavailable', refusal.message, { retryAfterMs: refusal.retryAfterSeconds * 1000 });
    this.share.take(accountId);
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.share.giveBack(accountId);
      this.done.count += 1;
      this.done.ms += performance.now() - began;
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private against(accountId: string): Refusal | null {
    this.look();
    if (this.waiting > MOST_WAITING) return BEHIND;
    return this.share.hasRoom(accountId, this.limit.places) ? null : BUSY;
  }

  /** How much waits, now and then and only while something comes in: counting costs. */
  private look(): void {
    const now = performance.now();
    if (now - this.lookedAt < LOOK_EVERY_MS) return;
    this.lookedAt = now;
    this.bus.depth().then(
      (depth) => (this.waiting = depth[WORKER] ?? 0),
      (error: unknown) => this.log.warn('How much waits on the bus could not be counted', { error }),
    );
  }

  private tick(): void {
    const now = performance.now();
    const { count, ms } = this.done;
    this.limit.adjust({
      lateMs: now - this.tickedAt - TICK_MS,
      tookMs: count === 0 ? 0 : ms / count,
      inUse: this.share.inUse,
    });
    this.done = { count: 0, ms: 0 };
    this.tickedAt = now;
    if (this.episode === null || now - this.episode.last < CALM_MS) return;
    const { since, last, refused } = this.episode;
    this.log.info('All that comes in is taken again', { refused, lastedMs: Math.round(last - since) });
    this.episode = null;
  }

  private note({ reason }: Refusal): void {
    this.refused.inc({ reason });
    const now = performance.now();
    if (this.episode === null) {
      this.episode = { since: now, last: now, refused: 0 };
      this.log.warn('More comes in than can be taken: it is asked to come again', {
        reason,
        inWork: this.share.inUse,
        places: this.limit.places,
        waiting: this.waiting,
      });
    }
    this.episode.last = now;
    this.episode.refused += 1;
  }
}
