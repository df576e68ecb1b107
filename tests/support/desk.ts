import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Api, Ask, ReplyOf, TicketDetail } from '@switchboard/contract';
import mongoose, { type Connection } from 'mongoose';
import { Agent } from './agent.ts';
import { eventually } from './eventually.ts';
import { startHub, type TestHub } from './hub.ts';
import { SmsLine } from './sms.ts';
import { theTicketWith } from './tickets.ts';

/** A centre with one channel and the administrator at its desk, who makes what a story needs. */
export class Desk {
  readonly agents: Agent[] = [];
  private readonly lines: SmsLine[] = [];
  private phones = 0;

  private constructor(
    readonly hub: TestHub,
    readonly line: SmsLine,
    private readonly database: Connection,
  ) {}

  static async open(): Promise<Desk> {
    const hub = await startHub();
    const line = await SmsLine.of(hub);
    const socket = encodeURIComponent(join(hub.dataDir, 'database/mongo.sock'));
    const database = await mongoose.createConnection(`mongodb://${socket}/?directConnection=true`).asPromise();
    await database.db?.admin().command({ scanStats: 1, reset: true });
    return new Desk(hub, line, database);
  }

  aPhone(): string {
    this.phones += 1;
    return `+1555200${String(this.phones).padStart(4, '0')}`;
  }

  /** A customer's text, and the ticket that it became. */
  async aTicket(words: string, from = this.aPhone(), line = this.line): Promise<TicketDetail> {
    expect(await line.receives(this.hub.url, from, words)).toBe(200);
    const { detail } = await theTicketWith(this.hub.admin, words);
    return eventually(async () => {
      const now = await this.read(detail.ticket.id);
      expect(now.ticket.inboundCount).toBeGreaterThan(0);
      return now;
    });
  }

  async aQueue(name: string): Promise<string> {
    return (await this.hub.admin.call('queues.create', { body: { name } })).id;
  }

  /** Another line, whose tickets go to this queue. */
  async aLineTo(queueId: string): Promise<SmsLine> {
    const line = await SmsLine.of(this.hub);
    this.lines.push(line);
    await this.hub.admin.call('channelAccounts.update', { params: { id: line.accountId }, body: { queueId } });
    return line;
  }

  async invited(name: string, queueIds: string[]): Promise<Agent> {
    const agent = await Agent.invited(this.hub.admin, name, { queueIds });
    this.agents.push(agent);
    return agent;
  }

  read(id: string): Promise<TicketDetail> {
    return this.hub.admin.call('tickets.read', { params: { id } });
  }

  update(id: string, body: Ask<Api['tickets.update']>['body']): Promise<ReplyOf<Api['tickets.update']>> {
    return this.hub.admin.call('tickets.update', { params: { id }, body });
  }

  list(query: Ask<Api['tickets.list']>['query']): Promise<ReplyOf<Api['tickets.list']>> {
    return this.hub.admin.call('tickets.list', { query });
  }

  /** What is stored, behind the hub's back. */
  collection(name: string) {
    return this.database.useDb('switchboard').collection(name);
  }

  /** Collections that the database had to read whole, since the start. */
  async scans(): Promise<unknown> {
    return this.database.db?.admin().command({ scanStats: 1 });
  }

  async close(): Promise<void> {
    for (const agent of this.agents) agent.disconnect();
    await this.database.close();
    await this.hub.stop();
    for (const line of [this.line, ...this.lines]) await line.provider.close();
  }
}

export const replyBody = ({ targets }: TicketDetail, text: string) => ({
  clientId: crypto.randomUUID(),
  threadId: targets[0]?.threadId ?? '',
  parts: [{ type: 'text' as const, text }],
});
