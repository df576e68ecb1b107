import { Inject, Injectable } from '@nestjs/common';
import type { VisitorMessage, VisitorWelcome } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { Customers } from '../customers/index.ts';
import { MediaLinks } from '../media/index.ts';
import { Threads } from '../tickets/index.ts';
import { isSaid, visitorMessage } from './visitor-message.ts';
import { VisitorStatus } from './visitor-status.ts';
import { wantedFirst } from './wanted-first.ts';

const PAGE = 30;

/** What a visitor's browser is given when it connects: itself again, its conversation, and who is there. */
@Injectable()
export class Welcome {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(VisitorStatus) private readonly status: VisitorStatus,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `languages`: those of the browser, as its header has them. */
  async of(accountId: string, visitorId: string, token: string, languages: string): Promise<VisitorWelcome> {
    const now = this.clock.now();
    const [open, page, status] = await Promise.all([
      this.channels.open(accountId),
      this.messages(accountId, visitorId, undefined),
      this.status.of(accountId),
    ]);
    const unread = page.messages.filter(({ from, state }) => from === 'agent' && state !== 'read').length;
    return {
      visitorId,
      token,
      appearance: open?.channel.visitors?.appearance(now, wantedFirst(languages)) ?? {},
      ...status,
      ...page,
      unread,
    };
  }

  async messages(
    accountId: string,
    visitorId: string,
    before: string | undefined,
  ): Promise<{ messages: VisitorMessage[]; hasOlder: boolean }> {
    const thread = await this.threads.byExternalId(accountId, visitorId);
    if (thread === null) return { messages: [], hasOlder: false };
    const found = await this.threads.wholeConversation(thread, before, PAGE + 1);
    const messages = found
      .slice(0, PAGE)
      .filter(isSaid)
      .toReversed()
      .map((message) => visitorMessage(message, thread, this.links));
    return { messages, hasOlder: found.length > PAGE };
  }

  async notePage(accountId: string, visitorId: string, page: { url: string; title: string }): Promise<void> {
    const thread = await this.threads.byExternalId(accountId, visitorId);
    if (thread !== null) await this.customers.notePage(thread.customerId, page);
  }
}
