import { passportSteps, type Passport, type PassportDirection, type PassportStep as Name } from '@switchboard/contract';
import type { PlainKey } from '../../text/index.ts';

export interface PassportStep {
  readonly name: 'occurredAt' | Name;
  readonly label: PlainKey;
  /** null: a later step was reported, this one was not. */
  readonly at: string | null;
  /** Milliseconds since the step before; null: the first, or after one whose time nobody knows. */
  readonly sinceLast: number | null;
}

/**
 * The times of a message in the order of its way. The sender's own clock may be wrong, so it is not measured from. A ticket may
 * get its agent before or after its message is shown: that step stands where its time is.
 */
export function stepsOf(passport: Passport, direction: PassportDirection): PassportStep[] {
  const names: (keyof Passport & PassportStep['name'])[] = ['occurredAt', ...inOrder(passport, direction)];
  const end = names.findLastIndex((name) => passport[name] !== undefined);
  const shown = names
    .slice(0, end + 1)
    .filter((name) => passport[name] !== undefined || reported.has(name))
    .map((name) => ({ name, at: passport[name] ?? null }));
  return shown.map(({ name, at }, index) => {
    const last = shown[index - 1];
    const isMeasured = at !== null && last !== undefined && last.at !== null && last.name !== 'occurredAt';
    const sinceLast = isMeasured ? Math.max(0, Date.parse(at) - Date.parse(last.at ?? '')) : null;
    return { name, label: labelOf(name, direction), at, sinceLast };
  });
}

/** What a provider reports in any order, or leaves out: a report that a later one has overtaken is not taken in. */
const reported: ReadonlySet<PassportStep['name']> = new Set(['acceptedAt', 'sentAt', 'deliveredAt', 'readAt']);

function inOrder(passport: Passport, direction: PassportDirection): Name[] {
  const { assignedAt } = passport;
  const steps: readonly Name[] = passportSteps[direction];
  if (assignedAt === undefined) return [...steps];
  const others: Name[] = steps.filter((name) => name !== 'assignedAt');
  const stored = others.indexOf('storedAt');
  const next = others.findIndex((name, index) => index > stored && (passport[name] ?? '') > assignedAt);
  const place = next === -1 ? lastKnown(others, passport) + 1 : next;
  return others.toSpliced(place, 0, 'assignedAt');
}
const lastKnown = (names: readonly Name[], passport: Passport): number =>
  names.findLastIndex((name) => passport[name] !== undefined);

const labelOf = (name: PassportStep['name'], direction: PassportDirection): PlainKey =>
  name === 'storedAt' || name === 'queuedAt' ? `passport.${direction}.${name}` : `passport.${name}`;
