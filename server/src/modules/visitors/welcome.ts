import { Inject, Injectable } from '@nestjs/common';
import type { VisitorMessage, VisitorWelcome } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Channels } from '../channels/index.ts';
import { Customers } from '../customers/index.ts';
import { MediaLinks } from '../media/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Threads } from '../tickets/index.ts';
import { visitorMessage } from './visitor-message.ts';

const PAGE = 30;

/** What a visitor's browser is given when it connects: itself again, its conversation, and who is there. */
@Injectable()
export class Welcome {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(accountId: string, visitorId: string, token: string): Promise<VisitorWelcome> {
    const now = this.clock.now();
    const [open, page, faces, hours] = await Promise.all([
      this.channels.open(accountId),
      this.messages(accountId, visitorId, undefined),
      this.agents.onlineNames(3),
      this.organisations.isOpen(now),
    ]);
    const agents = faces.map((face) => ({ name: face.name, ...this.links.face(face) }));
    const unread = page.messages.filter(({ from, state }) => from === 'agent' && state !== 'read').length;
    return {
      visitorId,
      token,
      appearance: open?.channel.visitors?.appearance(now) ?? {},
      online: hours && agents.length > 0,
      agents,
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
      .toReversed()
      .map((message) => visitorMessage(message, thread, this.links));
    return { messages, hasOlder: found.length > PAGE };
  }

  async notePage(accountId: string, visitorId: string, page: { url: string; title: string }): Promise<void> {
    const thread = await this.threads.byExternalId(accountId, visitorId);
    if (thread !== null) await this.customers.notePage(thread.customerId, page);
  }
}
