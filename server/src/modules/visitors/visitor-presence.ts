import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { VisitorPresence as Presence } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import { liveChannels, visitorRoom } from '../channels/index.ts';
import { Customers } from '../customers/index.ts';
import { providerThread, Threads, TicketAccess, ticketRoom, type Thread } from '../tickets/index.ts';
import type { VisitorKey } from './visitor-rights.ts';

/** Who goes from page to page leaves and comes back: nobody needs to see it flicker. */
const SETTLE_MS = 3_000;

/** Whether customers have the chat before them, on any process: told to who has their ticket open. */
@Injectable()
export class VisitorPresence implements BeforeApplicationShutdown {
  private readonly leaving = new Map<string, NodeJS.Timeout>();

  constructor(
    @Inject(Threads) private readonly threads: Threads,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  beforeApplicationShutdown(): void {
    for (const timer of this.leaving.values()) clearTimeout(timer);
  }

  async of(caller: Caller, ticketId: string | undefined): Promise<Presence | null> {
    const ticket = await this.access.require(caller, ticketId);
    const threads = await this.threads.ofTickets([ticket._id], liveChannels());
    // Who calls is live as well, and in no chat.
    const chats = threads.filter(({ shape }) => shape !== 'call');
    const last = chats.toSorted((a, b) => Number(b.lastInboundAt ?? 0) - Number(a.lastInboundAt ?? 0))[0];
    return last === undefined ? null : this.now(last);
  }

  async came({ accountId, visitorId }: VisitorKey): Promise<void> {
    await this.threads.markLeft(accountId, visitorId, null);
    await this.tell(accountId, visitorId);
  }

  went({ accountId, visitorId }: VisitorKey): void {
    const room = visitorRoom(accountId, visitorId);
    clearTimeout(this.leaving.get(room));
    const timer = setTimeout(() => {
      this.leaving.delete(room);
      this.gone(accountId, visitorId, room).catch((error: unknown) =>
        this.log.warn('That a visitor left could not be told', { channelAccountId: accountId, error }),
      );
    }, SETTLE_MS);
    this.leaving.set(room, timer.unref());
  }

  private async gone(accountId: string, visitorId: string, room: string): Promise<void> {
    // Back already, in another tab, or on another process.
    if ((await this.sockets.dataOf('/visitor', room)).length > 0) return;
    await this.threads.markLeft(accountId, visitorId, new Date(this.clock.now().getTime() - SETTLE_MS));
    await this.tell(accountId, visitorId);
  }

  private async tell(accountId: string, visitorId: string): Promise<void> {
    const thread = await this.threads.inUse(accountId, visitorId);
    // Who has not said anything is in nobody's console.
    if (thread === null) return;
    const { ticketId } = thread;
    const visitor = await this.now(thread);
    this.sockets.emit('/console', ticketRoom(ticketId), 'passing', { type: 'visitor', ticketId, visitor });
  }

  private async now(thread: Thread): Promise<Presence> {
    const { channelAccountId, customerId } = thread;
    const { id, externalId } = providerThread(thread);
    const [root, here, customer] = await Promise.all([
      this.threads.byId(id),
      this.sockets.dataOf('/visitor', visitorRoom(channelAccountId, externalId)),
      this.customers.byId(customerId),
    ]);
    const there = here.length > 0;
    const leftAt = there ? null : (root?.leftAt?.toISOString() ?? null);
    return { there, leftAt, page: customer?.page ?? null };
  }
}
