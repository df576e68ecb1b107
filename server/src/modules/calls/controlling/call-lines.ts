import { Inject, Injectable } from '@nestjs/common';
import type { AgentLineView } from '@switchboard/contract';
import { within } from '../../../platform/clock/within.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Channels } from '../../channels/index.ts';
import type { Call } from '../call.schema.ts';
import { CallAccess } from './call-access.ts';

const PROVIDER_TIMEOUT_MS = 10_000;

/** What a browser needs to take part in a call. */
@Injectable()
export class CallLines {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CallAccess) private readonly access: CallAccess,
  ) {}

  async own(caller: Caller, id: string | undefined): Promise<AgentLineView> {
    const call = await this.access.own(caller, id);
    if (call.endedAt !== null) throw new HubError('conflict', 'The call is over');
    return this.to(call, caller);
  }

  /** For who was let in before. */
  async to(call: Call, { id }: Caller): Promise<AgentLineView> {
    const open = await this.channels.open(call.channelAccountId);
    if (open?.channel.agentLine === undefined) throw new HubError('conflict', 'This number is switched off');
    const line = await within(PROVIDER_TIMEOUT_MS, open.channel.agentLine(id));
    return { ...line, expiresAt: line.expiresAt.toISOString() };
  }
}
