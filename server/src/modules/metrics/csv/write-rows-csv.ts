import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { channelNames, type Api, type Call, type FactView } from '@switchboard/contract';
import { ListRows } from '../figures/list-rows.ts';
import { BOM, csvLine } from './csv.ts';

const PAGE = 500;
const heading = [
  ...['Moment', 'What', 'Ticket', 'Subject', 'Customer', 'Priority', 'Queue', 'Agent', 'Channel'],
  ...['Seconds', 'Seconds within opening hours', 'In time', 'Rating', 'Comment'],
];

/** What a figure is made of, whole, as it is read: HubError `invalid` before the first byte. */
@Injectable()
export class WriteRowsCsv {
  constructor(@Inject(ListRows) private readonly rows: ListRows) {}

  async run(asked: Call<Api['metrics.rowsCsv']>['query']): Promise<Readable> {
    const page = (cursor?: string) => this.rows.run({ ...asked, limit: PAGE, cursor });
    const first = await page();
    return Readable.from(
      (async function* lines() {
        yield BOM + csvLine(heading);
        for (let { items, next } = first; ; { items, next } = await page(next)) {
          yield items.map(lineOf).join('');
          if (next === null) return;
        }
      })(),
    );
  }
}

function lineOf({ at, kind, ticket, queue, agent, channel, ms, businessMs, inTime, ...said }: FactView): string {
  const seconds = (value: number | null) => (value === null ? null : Math.round(value) / 1000);
  return csvLine([
    ...[at, kind, ticket.number, ticket.subject, ticket.customer, ticket.priority, queue.name, agent?.name ?? null],
    ...[channelNames[channel], seconds(ms), seconds(businessMs), inTime === null ? null : inTime ? 'yes' : 'no'],
    ...[said.rating, said.comment],
  ]);
}
