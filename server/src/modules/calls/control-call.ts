import { Inject, Injectable } from '@nestjs/common';
import { type CallControl, ConnectorError, type OutboundCommandOf, type Receipt } from '@switchboard/contract';
import type { NewId } from '../../platform/clock/clock.ts';
import { within } from '../../platform/clock/within.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { NEW_ID } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import type { Call } from './call.schema.ts';

const PROVIDER_TIMEOUT_MS = 10_000;

/** Tells the provider what to do with a call. A refusal is said to who asked for it. */
@Injectable()
export class ControlCall {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** `leg`: another leg than the customer's that it is about. */
  async run(
    call: Call,
    control: CallControl,
    { commandId = this.newId(), leg = call.externalId }: { commandId?: string; leg?: string } = {},
  ): Promise<Receipt> {
    const open = await this.channels.open(call.channelAccountId);
    if (open === null || open.account.state !== 'active')
      throw new HubError('conflict', 'This number is switched off or does not work: see Settings › Channels');
    const command: OutboundCommandOf<'call.control'> = {
      ...{ specVersion: 1, kind: 'call.control', commandId, channelAccountId: call.channelAccountId, control },
      ticketId: call.ticketId ?? call._id,
      thread: { externalId: call.customer.externalId },
      recipient: { externalId: call.customer.externalId },
      requestedBy: call.agent === null ? { type: 'rule', id: 'calls' } : { type: 'agent', id: call.agent.id },
      ...(control.action !== 'dial' && { callExternalId: leg }),
    };
    try {
      return await within(PROVIDER_TIMEOUT_MS, open.channel.deliver(command));
    } catch (error) {
      if (error instanceof HubError) throw error;
      const words = error instanceof ConnectorError ? error.message : 'the provider did not answer in time';
      // Asked again it would refuse again: who it is about has gone.
      const isRefused = error instanceof ConnectorError && error.code === 'rejected';
      throw new HubError(isRefused ? 'conflict' : 'unavailable', `The call was not changed: ${words}`);
    }
  }
}
