import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, FloorTicket } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { readTimeCursor, timeCursor, type Page } from '../../platform/database/page.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { OpenWork } from './open-work.ts';
import type { Work } from './work.ts';

type Query = Call<Api['floor.tickets']>['query'];

const kinds: Record<Query['only'], (work: Work, now: number) => boolean> = {
  open: () => true,
  waiting: ({ waitingSince }) => waitingSince !== null,
  unassigned: ({ row }) => row.assigneeId === null,
  overdue: ({ dueAt }, now) => dueAt !== null && dueAt <= now,
};

/** What stands behind a figure of the floor: the longest wait first, or where nobody waits, the oldest. */
@Injectable()
export class ListFloorTickets {
  constructor(
    @Inject(OpenWork) private readonly work: OpenWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ queueId, only, cursor, limit }: Query): Promise<Page<FloorTicket>> {
    const now = this.clock.now().getTime();
    const found = [...(await this.work.read())]
      .filter((work) => (queueId === undefined || work.row.queueId === queueId) && kinds[only](work, now))
      .sort((a, b) => placeOf(a) - placeOf(b) || (a.row.id < b.row.id ? -1 : 1));
    const after = cursor === undefined ? null : readTimeCursor(cursor);
    const rest = found.filter(
      (work) => after === null || isAfter(placeOf(work), work.row.id, after.at.getTime(), after.id),
    );
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    const next = rest.length > limit && last !== undefined ? timeCursor(new Date(placeOf(last)), last.row.id) : null;
    return { items: items.map(({ row }) => row), next };
  }
}

const isAfter = (place: number, id: string, afterPlace: number, afterId: string): boolean =>
  place > afterPlace || (place === afterPlace && id > afterId);

const placeOf = ({ waitingSince, createdAt }: Work): number => waitingSince ?? createdAt;
