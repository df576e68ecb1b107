import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call as Asked, CallView, Party } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import { ResolveCustomer } from '../../customers/index.ts';
import { TicketAccess } from '../../tickets/index.ts';
import type { Call } from '../call.schema.ts';
import { callView } from '../call.view.ts';
import { Calls } from '../calls.ts';
import { JOIN_MS } from '../following/apply-change.ts';
import { recordingBy } from '../menu/default-menu.ts';
import { Menus } from '../menu/menus.ts';
import { SettleCall } from '../settle-call.ts';

interface Wanted {
  readonly _id: string;
  readonly channelAccountId: string;
  readonly party: Party;
  readonly ticketId: string | null;
  readonly agent: { readonly id: string; readonly name: string };
  /** The call that promised it. */
  readonly promisedBy?: string;
}

/** A call of ours: the agent's browser joins first, then the customer is dialled (connect-call.ts). */
@Injectable()
export class StartCall {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Menus) private readonly menus: Menus,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(TicketAccess) private readonly tickets: TicketAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, wanted: Asked<Api['calls.start']>['body']): Promise<CallView> {
    const { clientId, number, channelAccountId } = wanted;
    const ticketId = wanted.ticketId === undefined ? null : (await this.tickets.require(caller, wanted.ticketId))._id;
    if (await this.calls.isBusy(caller.id, clientId))
      throw new HubError('conflict', 'You are in a call already: end it first');
    const party: Party = { externalId: number, handles: [{ type: 'phone', value: number }] };
    const agent = { id: caller.id, name: caller.name };
    const call = await this.begin({ _id: clientId, channelAccountId, party, ticketId, agent });
    if (call.agent?.id !== caller.id) throw new HubError('conflict', 'Another call has this clientId: make a new one');
    return callView(call);
  }

  async begin({ _id, channelAccountId, party, ticketId, agent, promisedBy }: Wanted): Promise<Call> {
    const open = await this.channels.open(channelAccountId);
    if (open?.connector.capabilities.call == null)
      throw new HubError('invalid', 'Calls can’t be made over this account');
    const at = this.clock.now();
    const menu = await this.menus.of(channelAccountId);
    const { name } = await this.customers.of(party, channelAccountId);
    const call = await this.calls.begin({
      ...{
        _id,
        channelAccountId,
        direction: 'outbound',
        customer: party,
        customerName: name,
        line: lineOf(open.account),
      },
      ...{
        phase: 'connecting',
        language: menu.languages[0] ?? 'en',
        startedAt: at,
        agent,
        wantedTicketId: ticketId,
        promisedBy: promisedBy ?? null,
      },
      ...recordingBy(menu),
      joinBy: new Date(+at + JOIN_MS),
      moments: [{ at, what: 'dialled', who: agent.name }],
    });
    return this.settle.run(call);
  }
}

/** Connectors call from their own number where none is named. */
const lineOf = ({ settings }: { settings: Record<string, unknown> }): string =>
  typeof settings['number'] === 'string' ? settings['number'] : '';
