import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Ticket } from '../tickets/index.ts';
import type { Work } from './capacity.ts';

type Row = Pick<Ticket, '_id' | 'assigneeId' | 'channel' | 'waitingSince' | 'preview' | 'updatedAt'>;
/** What an agent has in work, and when the last of it changed. */
export interface InWork {
  readonly works: readonly Work[];
  readonly lastAt: number;
}

@Injectable()
export class WorkOfAgents {
  constructor(@Inject('tickets') private readonly tickets: Model<Ticket>) {}

  async of(agentIds: readonly string[]): Promise<Map<string, InWork>> {
    const fields = { assigneeId: 1, channel: 1, waitingSince: 1, preview: 1, updatedAt: 1 };
    const rows = await this.tickets.find({ assigneeId: { $in: [...agentIds] }, active: true }, fields).lean<Row[]>();
    const byAgent = new Map<string | null, Row[]>(agentIds.map((id) => [id, []]));
    for (const row of rows) byAgent.get(row.assigneeId)?.push(row);
    return new Map(agentIds.map((id) => [id, inWork(byAgent.get(id) ?? [])]));
  }
}

const inWork = (rows: readonly Row[]): InWork => ({
  works: rows.map(workOf),
  lastAt: Math.max(0, ...rows.map(({ updatedAt }) => updatedAt.getTime())),
});

const workOf = ({ _id, channel, waitingSince, preview }: Row): Work => ({
  ticketId: _id,
  channel,
  waitingSince,
  lastWordAt: preview?.at ?? null,
});
