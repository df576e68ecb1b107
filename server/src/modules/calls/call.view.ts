import type { AsideView, CallView } from '@switchboard/contract';
import type { Aside, Call } from './call.schema.ts';

const iso = (at: Date | null): string | null => at && new Date(at).toISOString();

export function callView(call: Call): CallView {
  const { customer, agent } = call;
  return {
    id: call._id,
    version: call.version,
    ticketId: call.ticketId,
    channelAccountId: call.channelAccountId,
    queueId: call.queueId,
    direction: call.direction,
    state: call.state,
    phase: call.phase,
    outcome: call.outcome,
    customer: { name: call.customerName, number: numberOf(customer) },
    line: call.line,
    agent,
    startedAt: call.startedAt.toISOString(),
    queuedAt: iso(call.queuedAt),
    answeredAt: iso(call.answeredAt),
    endedAt: iso(call.endedAt),
    held: isHeld(call),
    recording: call.recording,
    mayPause: call.mayPause,
    callback: call.callbackId === null ? null : { tried: call.tried, most: call.triesMost, nextAt: iso(call.tryAt) },
    aside: call.aside == null ? null : asideView(call.aside),
    legs: call.legs
      .filter(({ hidden }) => hidden !== true)
      .map(({ id, role, agentId, name, state, held, joinedAt, leftAt }) => ({
        ...{ id, role, agentId, name, state, held, joinedAt: iso(joinedAt), leftAt: iso(leftAt) },
      })),
    moments: call.moments.map((moment) => ({ ...moment, at: moment.at.toISOString() })),
    recordings: call.recordings.map(({ source: _, rawRef: _raw, ...recording }) => recording),
    hasSaid: call.hasSaid,
    disposition: call.disposition,
    reason: call.reason,
  };
}

export const isHeld = ({ legs }: Call): boolean =>
  legs.some(({ role, state, held }) => role === 'customer' && state === 'joined' && held);

export const numberOf = ({ handles, externalId }: Call['customer']): string =>
  handles.find(({ type }) => type === 'phone')?.value ?? externalId;

const asideView = ({ id, state, end, kind, name, agentIds, legId, note, by }: Aside): AsideView => ({
  ...{ id, state, end, kind, name, agentIds, legId, note, by },
});
