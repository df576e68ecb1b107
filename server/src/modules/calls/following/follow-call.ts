import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import { LOG } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { BeginCall } from '../begin-call.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { SettleCall } from '../settle-call.ts';
import { applyChange } from './apply-change.ts';
import { SaidInCalls } from './said-in-calls.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const MOST_TRIES = 4;

/** A report of the provider: once, whichever comes first and however often. */
@Injectable()
export class FollowCall {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(BeginCall) private readonly beginning: BeginCall,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(SaidInCalls) private readonly saying: SaidInCalls,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(event: InboundEventOf<'call.changed'>, attempt: number): Promise<void> {
    const { call: report } = event;
    const found = await this.callOf(event, attempt);
    if (found === null) return;
    const name = await this.nameOf(report.leg, found);
    const told = { at: new Date(event.occurredAt), rawRef: event.rawRef ?? null, name };
    if (report.said !== undefined) await this.saying.keep(found._id, report.said, told.at);
    const { call } = await this.calls.change(found._id, (now) => applyChange(named(now, event), report, told));
    if (call.unsettledSince !== null) await this.settle.run(call);
  }

  private async callOf(event: InboundEventOf<'call.changed'>, attempt: number): Promise<Call | null> {
    const { call: report, channelAccountId, sender } = event;
    for (const id of [report.room, report.commandId]) {
      const known = id !== undefined && UUID.test(id) ? await this.calls.byId(id) : null;
      if (known?.channelAccountId === channelAccountId) return known;
    }
    const known = await this.calls.byExternalId(channelAccountId, report.externalId);
    if (known !== null) return known;
    // Nothing that begins a call: what it belongs to comes after it, or never.
    if (report.direction === 'outbound' || report.state === undefined) {
      if (attempt < MOST_TRIES) throw new HubError('unavailable', 'The call of this report is not known yet');
      this.log.warn('A report of a call that is not known was left', {
        channelAccountId,
        externalId: report.externalId,
      });
      return null;
    }
    const arrival = { callExternalId: report.externalId, direction: report.direction, customer: sender };
    return this.beginning.of(channelAccountId, { ...arrival, line: report.line ?? '' }, new Date(event.occurredAt));
  }

  private async nameOf(leg: InboundEventOf<'call.changed'>['call']['leg'], call: Call): Promise<string> {
    if (leg === undefined || leg.role === 'customer') return call.customerName;
    if (leg.agentId === undefined) return leg.number ?? '';
    return (await this.agents.names([leg.agentId])).get(leg.agentId)?.name ?? 'Former agent';
  }
}

/** A call of ours learns what its provider calls it. */
const named = (call: Call, { call: report }: InboundEventOf<'call.changed'>): Call =>
  report.commandId === call._id && call.externalId === call._id && report.externalId !== call._id
    ? { ...call, externalId: report.externalId }
    : call;
