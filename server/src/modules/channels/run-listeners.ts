import { Inject, Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ConnectorError, failurePolicy } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Log } from '../../platform/log/log.ts';
import type { Lease, Presence } from '../../platform/presence/index.ts';
import { CONFIG, LOG, PRESENCE } from '../../platform/tokens.ts';
import { AccountHealth } from './account-health.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels, type OpenChannel } from './channels.ts';

const LEASE_MS = 15_000;
const LEASE_RETRY_MS = 5000;
const BACKOFF_MS = [1000, 2000, 5000, 15_000, 60_000];

/**
 * Runs the channels that listen (a mailbox, a receiver's port): all accounts of one connector on one process, held by a lease,
 * since they may share a port. When that process dies, another takes over within seconds.
 */
@Injectable()
export class RunListeners implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly running = new Map<string, { revision: number; stop: AbortController; done: Promise<void> }>();
  private readonly leases = new Map<string, Lease>();
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> = Promise.resolve();

  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.ROLE === 'api') return;
    this.channels.onChange(() => this.reconcileSoon());
    this.timer = setInterval(() => this.reconcileSoon(), LEASE_RETRY_MS);
    this.reconcileSoon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped.abort();
    await this.pass;
    const all = [...this.running.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ done }) => done));
    await Promise.all([...this.leases.values()].map((lease) => lease.release()));
  }

  /** One pass at a time, in order: a change during a pass is seen by the next. */
  private reconcileSoon(): void {
    this.pass = this.pass
      .then(() => this.reconcile())
      .catch((error: unknown) => this.log.error('Listeners could not be brought up to date', { error }));
  }

  private async reconcile(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    const wanted = new Map<string, OpenChannel>();
    for (const account of await this.accounts.find({}).lean<ChannelAccount[]>()) {
      const open = account.state === 'active' ? await this.channels.openIfFit(account._id) : null;
      if (open?.channel.listen !== undefined && (await this.holds(account.connectorId))) wanted.set(account._id, open);
    }
    for (const [id, { revision, stop, done }] of this.running) {
      if (wanted.get(id)?.account.revision === revision) continue;
      stop.abort();
      await done;
    }
    for (const [id, open] of wanted) if (!this.running.has(id)) this.start(open);
  }

  private async holds(connectorId: string): Promise<boolean> {
    if (this.leases.get(connectorId)?.signal.aborted === false) return true;
    const lease = await this.presence.lease(`listen:${connectorId}`, LEASE_MS);
    if (lease === null) return false;
    this.leases.set(connectorId, lease);
    return true;
  }

  private start(open: OpenChannel): void {
    const id = open.account._id;
    const stop = new AbortController();
    const lease = this.leases.get(open.account.connectorId) as Lease;
    const signal = AbortSignal.any([stop.signal, lease.signal]);
    const done = this.listenUntil(open, signal).finally(() => this.running.delete(id));
    this.running.set(id, { revision: open.account.revision, stop, done });
  }

  private async listenUntil({ account, channel }: OpenChannel, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const startedAt = Date.now();
      try {
        await channel.listen?.(signal);
        if (signal.aborted) return;
      } catch (error) {
        const code = error instanceof ConnectorError ? error.code : 'temporary';
        this.log.warn('A listener stopped', { channelAccountId: account._id, code, error });
        if (failurePolicy[code] === 'pause-account')
          return void (await this.health.pause(account._id, (error as Error).message));
        if (failurePolicy[code] === 'resync')
          await this.accounts.updateOne({ _id: account._id }, { $set: { cursor: null } });
        await this.health.checked(account._id, { ok: false, code, message: (error as Error).message });
      }
      if (Date.now() - startedAt > 60_000) failures = 0;
      await delay(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0, signal);
    }
  }
}

const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
