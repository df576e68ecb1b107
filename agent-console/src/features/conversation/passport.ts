import { passportSteps, type Passport, type PassportDirection, type PassportStep as Name } from '@switchboard/contract';
import type { PlainKey } from '../../text/index.ts';

export interface PassportStep {
  readonly name: 'occurredAt' | Name;
  readonly label: PlainKey;
  readonly at: string;
  /** Milliseconds since the step before; null: the first. */
  readonly sinceLast: number | null;
}

/**
 * The times of a message in the order of its way. The sender's own clock may be wrong, so it is not measured from. A ticket may
 * get its agent before or after its message is shown: that step stands where its time is.
 */
export function stepsOf(passport: Passport, direction: PassportDirection): PassportStep[] {
  const names: (keyof Passport & PassportStep['name'])[] = ['occurredAt', ...inOrder(passport, direction)];
  const known = names.flatMap((name) => (passport[name] === undefined ? [] : [{ name, at: passport[name] }]));
  return known.map(({ name, at }, index) => {
    const last = known[index - 1];
    const comparable = last && last.name !== 'occurredAt';
    const sinceLast = comparable ? Math.max(0, Date.parse(at) - Date.parse(last.at)) : null;
    return { name, label: labelOf(name, direction), at, sinceLast };
  });
}

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
