import { Inject, Injectable } from '@nestjs/common';
import {
  INACTIVITY,
  type AgentView,
  type Api,
  type Call,
  type ChannelKind,
  type Me,
  type Passing,
} from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents, type Agent, type Reason } from '../agents/index.ts';
import { Audit } from '../audit/index.ts';
import { Organisations } from '../organisation/index.ts';
import { ChangeState } from './change-state.ts';
import type { StateEvent } from './transitions.ts';

type Choice = Call<Api['me.setState']>['body'];

/** A person chooses what they are doing, or a supervisor does for them. */
@Injectable()
export class SetState {
  constructor(
    @Inject(Agents) private readonly directory: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async own(caller: Caller, choice: Choice): Promise<Me> {
    const event = await this.eventOf(choice);
    const { agent } = await this.change.run({ agentId: caller.id, event, cause: 'self' });
    return this.directory.ownView(agent);
  }

  async of(caller: Caller, agentId: string, choice: Choice): Promise<AgentView> {
    const event = await this.eventOf(choice);
    const before = await this.directory.byId(agentId);
    if (before === null) throw new HubError('not-found', 'There is no such agent');
    if (!before.active || before.passwordHash === null)
      throw new HubError('conflict', `${before.name} can’t sign in, so there is no state to change`);
    const { id, name } = caller;
    const isOwn = id === agentId;
    const cause = isOwn ? { cause: 'self' as const } : { cause: 'supervisor' as const, by: { id, name } };
    const { agent, changed } = await this.change.run({ agentId, event, ...cause });
    if (changed && !isOwn) await this.tell(caller, agent);
    return this.directory.view(agent);
  }

  async channels(caller: Caller, paused: readonly ChannelKind[]): Promise<Me> {
    return this.directory.ownView(await this.change.pause(caller.id, [...new Set(paused)]));
  }

  private async tell({ id, name }: Caller, agent: Agent): Promise<void> {
    const { state, reason } = agent;
    const given = reason ? { id: reason.id, name: reason.name } : null;
    const event: Passing = { type: 'state-set', by: name, state, reason: given };
    this.sockets.emit('/console', `agent:${agent._id}`, 'passing', event);
    await this.audit.record({
      caller: { id, name },
      action: 'agent.state-set',
      subject: agent._id,
      detail: { agent: agent.name, state, reason: given?.name ?? null },
    });
  }

  private async eventOf({ state, reasonId = null }: Choice): Promise<StateEvent> {
    return { kind: 'chosen', at: this.clock.now(), state, reason: await this.reasonOf(state, reasonId) };
  }

  private async reasonOf(state: Choice['state'], id: string | null): Promise<Reason | null> {
    if (id === null) return null;
    const { reasons } = (await this.organisations.read()).agentStates;
    const found = reasons.find((reason) => reason.id === id && reason.state === state);
    const message = 'There is no such reason for this state';
    if (found === undefined || id === INACTIVITY)
      throw new HubError('invalid', message, { fields: [{ path: 'reasonId', message }] });
    return { id, name: found.name, unavailable: found.unavailable };
  }
}
