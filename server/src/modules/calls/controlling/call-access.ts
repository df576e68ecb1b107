import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { TicketAccess } from '../../tickets/index.ts';
import { isOpen } from '../aside/take-course.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';

/** The first line of every use case: the call, if it is this agent's, or its ticket in this supervisor's scope. */
@Injectable()
export class CallAccess {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(TicketAccess) private readonly tickets: TicketAccess,
  ) {}

  async own(caller: Caller, id: string | undefined): Promise<Call> {
    const call = await this.calls.byId(id ?? '');
    if (call === null || call.agent?.id !== caller.id)
      throw new HubError('not-found', 'There is no such call, or somebody else has it');
    return call;
  }

  /** One that this agent is asked into. */
  async asked(caller: Caller, id: string | undefined): Promise<Call> {
    const call = await this.calls.byId(id ?? '');
    if (call === null || !isOpen(call.aside) || !call.aside.agentIds.includes(caller.id))
      throw new HubError(
        'conflict',
        'You are not asked into this call any more: it has ended, or a colleague was faster',
      );
    return call;
  }

  async ofColleague(caller: Caller, id: string | undefined): Promise<Call> {
    const call = await this.calls.byId(id ?? '');
    if (call?.ticketId == null) throw new HubError('not-found', 'There is no such call');
    await this.tickets.require(caller, call.ticketId);
    return call;
  }
}

/** What can only be done to somebody who is on the line. */
export function requireTalking(call: Call): void {
  if (call.phase !== 'talking')
    throw new HubError('conflict', 'Nobody is on the line: the call is not connected any more');
}
