import { Inject, Injectable } from '@nestjs/common';
import type { AgentLineView } from '@switchboard/contract';
import { within } from '../../../platform/clock/within.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Channels } from '../../channels/index.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { CallAccess, requireTalking } from './call-access.ts';

const PROVIDER_TIMEOUT_MS = 10_000;

/** What a browser needs to take part in a call. */
@Injectable()
export class CallLines {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async own(caller: Caller, id: string | undefined): Promise<AgentLineView> {
    const call = await this.access.own(caller, id);
    if (call.endedAt !== null) throw new HubError('conflict', 'The call is over');
    return this.lineTo(call, caller);
  }

  /** A supervisor takes part; the customer is not told, so the audit log is. */
  async listen(caller: Caller, id: string | undefined, as: 'monitor' | 'coach' | 'agent'): Promise<AgentLineView> {
    const call = await this.access.ofColleague(caller, id);
    requireTalking(call);
    const guest = { agentId: caller.id, role: as };
    await this.calls.change(call._id, (now) =>
      now.guests.some(({ agentId, role }) => agentId === guest.agentId && role === as)
        ? now
        : { ...now, guests: [...now.guests.filter(({ agentId }) => agentId !== caller.id), guest] },
    );
    await this.audit.record({
      caller,
      action: 'call.listened',
      subject: call._id,
      detail: { as, agentId: call.agent?.id },
    });
    return this.lineTo(call, caller);
  }

  private async lineTo(call: Call, { id }: Caller): Promise<AgentLineView> {
    const open = await this.channels.open(call.channelAccountId);
    if (open?.channel.agentLine === undefined) throw new HubError('conflict', 'This number is switched off');
    const line = await within(PROVIDER_TIMEOUT_MS, open.channel.agentLine(id));
    return { ...line, expiresAt: line.expiresAt.toISOString() };
  }
}
