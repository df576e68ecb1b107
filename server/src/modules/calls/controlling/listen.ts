import { Inject, Injectable } from '@nestjs/common';
import type { AgentLineView, CallView } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import type { Call, Leg } from '../call.schema.ts';
import { callView } from '../call.view.ts';
import { ControlCall } from '../control-call.ts';
import { noted } from '../following/noted.ts';
import { CallRulesBook } from '../rules/call-rules-book.ts';
import { SettleCall } from '../settle-call.ts';
import { CallAccess, requireTalking } from './call-access.ts';
import { CallLines } from './call-lines.ts';

type Way = 'monitor' | 'coach' | 'agent';
const moments = { monitor: 'listens', coach: 'whispers', agent: 'joined' } as const;

/** A supervisor takes part in a colleague's call, and changes how. The customer is not told, so the audit log is. */
@Injectable()
export class Listen {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(CallLines) private readonly lines: CallLines,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(CallRulesBook) private readonly rules: CallRulesBook,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, id: string | undefined, as: Way): Promise<{ line: AgentLineView; call: CallView }> {
    const call = await this.access.ofColleague(caller, id);
    requireTalking(call);
    if (call.agent?.id === caller.id) throw new HubError('conflict', 'This is your own call');
    const coached = call.legs.find(({ agentId, state }) => agentId === call.agent?.id && state === 'joined');
    const own = legOf(call, caller.id);
    const { showsListeners } = await this.rules.of(call.channelAccountId);
    const guest = { agentId: caller.id, role: as, hidden: !showsListeners && as !== 'agent' };
    // Before it can be heard: nobody listens unwritten, though the process be killed.
    await this.audit.record({
      ...{ caller, action: 'call.listened', subject: call._id },
      detail: { as, agentId: call.agent?.id, shown: !guest.hidden },
    });
    if (own !== undefined && own.role !== as)
      await this.control.run(call, {
        ...{ action: 'role', room: call._id, legExternalId: own.id, role: as },
        ...(as === 'coach' && coached !== undefined && { coaches: coached.id }),
      });
    const at = this.clock.now();
    const { call: now } = await this.settle.change(call._id, (each) => asGuest(each, guest, caller.name, at));
    return { line: await this.lines.to(now, caller), call: callView(now) };
  }
}

const legOf = ({ legs }: Call, agentId: string): Leg | undefined =>
  legs.find((leg) => leg.agentId === agentId && leg.state === 'joined');

function asGuest(call: Call, guest: Call['guests'][number], name: string, at: Date): Call {
  const own = legOf(call, guest.agentId);
  const isKnown = call.guests.some(({ agentId, role }) => agentId === guest.agentId && role === guest.role);
  if (isKnown && (own === undefined || own.role === guest.role)) return call;
  const { role, hidden = false } = guest;
  const what = moments[role as Way];
  return {
    ...call,
    guests: [...call.guests.filter(({ agentId }) => agentId !== guest.agentId), guest],
    legs: call.legs.map((leg) => (leg === own ? { ...leg, role, hidden } : leg)),
    ...(own !== undefined && !hidden && noted(call, { at, what, who: name })),
  };
}
