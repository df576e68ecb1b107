import type { Passport } from '@switchboard/contract';

const milestones = [
  'occurredAt',
  'receivedAt',
  'verifiedAt',
  'normalisedAt',
  'queuedAt',
  'storedAt',
  'acceptedAt',
  'sentAt',
  'deliveredAt',
  'readAt',
] as const;

export interface PassportStep {
  readonly name: (typeof milestones)[number];
  readonly at: string;
  /** Milliseconds since the step before; null: the first. */
  readonly sinceLast: number | null;
}

/** The times of a message in the order in which they came. The sender's own clock may be wrong, so it is not measured from. */
export function passportSteps(passport: Passport): PassportStep[] {
  const known = milestones.flatMap((name) => (passport[name] === undefined ? [] : [{ name, at: passport[name] }]));
  return known.map(({ name, at }, index) => {
    const last = known[index - 1];
    const comparable = last && last.name !== 'occurredAt';
    return { name, at, sinceLast: comparable ? Math.max(0, Date.parse(at) - Date.parse(last.at)) : null };
  });
}
