import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { VisitorPush } from '@switchboard/contract';
import type { Jobs } from '../../platform/jobs/index.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { JOBS } from '../../platform/tokens.ts';
import { liveChannels, visitorRoom } from '../channels/index.ts';
import { Queues } from '../queues/index.ts';
import { ExpectWait } from '../routing/index.ts';
import { providerThread, Threads, type Thread } from '../tickets/index.ts';

const PERIOD_MS = 5_000;

/** Who waits in the chat is told their place and how long it may take, anew every five seconds, from one process for all. */
@Injectable()
export class TellWaits implements OnModuleInit {
  /** By ticket: whom this process told that they wait. */
  private told = new Map<string, Thread[]>();

  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(ExpectWait) private readonly expect: ExpectWait,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.every('tell-waits', PERIOD_MS, () => this.run());
  }

  private async run(): Promise<void> {
    const before = this.told;
    this.told = new Map();
    for (const { id } of await this.queues.all()) {
      const waits = await this.expect.ofQueue(id);
      for (const thread of await this.threads.ofTickets([...waits.keys()], liveChannels())) {
        this.push(thread, waits.get(thread.ticketId)?.text ?? null);
        this.told.set(thread.ticketId, [...(this.told.get(thread.ticketId) ?? []), thread]);
      }
    }
    for (const [ticketId, threads] of before)
      if (!this.told.has(ticketId)) for (const thread of threads) this.push(thread, null);
  }

  private push(thread: Thread, text: string | null): void {
    const push: VisitorPush = { type: 'wait', text };
    this.sockets.emit(
      '/visitor',
      visitorRoom(thread.channelAccountId, providerThread(thread).externalId),
      'push',
      push,
    );
  }
}
