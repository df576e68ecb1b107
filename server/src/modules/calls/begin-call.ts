import { Inject, Injectable } from '@nestjs/common';
import type { CallTurn } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { ResolveCustomer } from '../customers/index.ts';
import type { Call } from './call.schema.ts';
import { Calls } from './calls.ts';
import { recordingBy } from './menu/default-menu.ts';
import { Menus } from './menu/menus.ts';

type Arrival = Pick<CallTurn, 'callExternalId' | 'direction' | 'customer' | 'line'>;

/** A turn or a report may be the first that is heard of a call: whichever it is, the call begins once. */
@Injectable()
export class BeginCall {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Menus) private readonly menus: Menus,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(accountId: string, { callExternalId, direction, customer, line }: Arrival, at?: Date): Promise<Call> {
    const known = await this.calls.byExternalId(accountId, callExternalId);
    if (known !== null) return known;
    // Ours are begun before they are dialled: its receipt, or a report with its command, names it in a moment.
    if (direction === 'outbound') throw new HubError('unavailable', 'This call of ours is not known yet');
    const menu = await this.menus.of(accountId);
    const startedAt = at ?? this.clock.now();
    const { name } = await this.customers.of(customer, accountId);
    return this.calls.begin({
      ...{ channelAccountId: accountId, externalId: callExternalId, direction, customer, customerName: name, line },
      ...{ phase: 'menu', language: menu.languages[0] ?? 'en', startedAt },
      ...recordingBy(menu),
      moments: [{ at: startedAt, what: 'arrived', who: null }],
    });
  }
}
