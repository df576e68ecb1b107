import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Ticket } from '../tickets/index.ts';
import type { Work } from './capacity.ts';

type Row = Pick<Ticket, '_id' | 'assigneeId' | 'channel' | 'waitingSince' | 'preview' | 'callOverAt'>;

@Injectable()
export class WorkOfAgents {
  constructor(@Inject('tickets') private readonly tickets: Model<Ticket>) {}

  async of(agentIds: readonly string[]): Promise<Map<string, Work[]>> {
    const fields = { assigneeId: 1, channel: 1, waitingSince: 1, preview: 1, callOverAt: 1 };
    const rows = await this.tickets.find({ assigneeId: { $in: [...agentIds] }, active: true }, fields).lean<Row[]>();
    const byAgent = new Map<string | null, Work[]>(agentIds.map((id) => [id, []]));
    for (const row of rows) byAgent.get(row.assigneeId)?.push(workOf(row));
    return byAgent as Map<string, Work[]>;
  }
}

export const workOf = ({ _id, channel, waitingSince, preview, callOverAt }: Omit<Row, 'assigneeId'>): Work => ({
  ticketId: _id,
  channel,
  waitingSince,
  lastWordAt: preview?.at ?? null,
  ...(callOverAt !== undefined && { callOverAt }),
});
