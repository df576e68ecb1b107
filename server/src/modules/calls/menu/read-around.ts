import { Inject, Injectable } from '@nestjs/common';
import type { CallStep } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { quickFind } from '../../../platform/database/quick.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { ExpectWait } from '../../routing/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import type { Call } from '../call.schema.ts';
import { stepOf } from './decide-step.ts';
import { Menus } from './menus.ts';
import type { Around } from './take-turn.ts';

/** What a caller's step depends on besides the call. */
@Injectable()
export class ReadAround {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Menus) private readonly menus: Menus,
    @Inject(ExpectWait) private readonly expect: ExpectWait,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async of(call: Call): Promise<Around> {
    const [menu, wait] = await Promise.all([this.menus.of(call.channelAccountId), this.waitOf(call)]);
    return {
      menu,
      open: await this.menus.isOpen(menu),
      wait,
      now: this.clock.now(),
      newId: this.newId,
    };
  }

  /** What the customer's leg is to do now, told without being asked. */
  async stepOf(call: Call): Promise<CallStep> {
    return stepOf(call, null, await this.of(call));
  }

  private async waitOf({ phase, ticketId }: Call): Promise<Around['wait']> {
    if (phase !== 'queue' || ticketId === null) return null;
    const ticket = await quickFind(this.tickets, { _id: ticketId });
    if (ticket === null || ticket.assigneeId !== null) return null;
    return this.expect.at(ticket.queueId, (await this.expect.ahead(ticket)) + 1);
  }
}
