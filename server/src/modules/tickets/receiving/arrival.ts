import { stepBefore, type FlowStage, type InboundEvent, type PassportStep } from '@switchboard/contract';
import type { FlowTimes } from '../../flow/index.ts';
import type { Milestones, StoredMessage } from '../entry.schema.ts';

/**
 * The steps of a message up to its place in the ticket: those before travelled with its event. A ticket that is with somebody
 * already has nobody to wait for, so its message is assigned as it is stored; for the others see find-assignment.ts.
 */
export function arrivalOf(event: InboundEvent, storedAt: Date, assigned: boolean): Milestones {
  const { occurredAt, receivedAt, verifiedAt, normalisedAt, queuedAt } = event;
  const travelled = Object.entries({ occurredAt, receivedAt, verifiedAt, normalisedAt, queuedAt });
  return {
    ...Object.fromEntries(travelled.flatMap(([name, at]) => (at === undefined ? [] : [[name, new Date(at)]]))),
    storedAt,
    ...(assigned && { assignedAt: storedAt }),
  };
}

const arrival = {
  verifiedAt: 'verified',
  normalisedAt: 'normalised',
  queuedAt: 'queued',
  storedAt: 'stored',
} as const satisfies Partial<Record<PassportStep, FlowStage>>;

export function tellArrival(times: FlowTimes, { channel, milestones }: StoredMessage): void {
  for (const [step, stage] of Object.entries(arrival) as [keyof typeof arrival, FlowStage][]) {
    const at = milestones[step];
    const before = stepBefore('in', milestones, step);
    if (at !== undefined && before !== undefined) times.took(channel, 'in', stage, milestones[before], at);
  }
}
