import type { NotAsked } from '@switchboard/contract';

/** What decides whether the customer of a resolved ticket is asked how it was. */
export interface Ground {
  /** The customer said something, and no machine in their place. */
  readonly spoke: boolean;
  /** So did one of ours. */
  readonly answered: boolean;
  /** The customer works here. */
  readonly colleague: boolean;
  /** Over what they would be asked; null: there is nothing. */
  readonly way: {
    readonly shape: 'direct' | 'group' | 'call';
    /** Why nothing can go out there now; null: it can. */
    readonly blocked: string | null;
    /** The last that we sent there surely did not arrive. */
    readonly unreachable: boolean;
    /** They said STOP there, or the like. */
    readonly optedOut: boolean;
  } | null;
  readonly askedAt: Date | null;
  readonly daysBetween: number;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
const checks: readonly (readonly [NotAsked, (ground: Ground) => boolean])[] = [
  ['customer-silent', ({ spoke }) => !spoke],
  ['nobody-answered', ({ answered }) => !answered],
  ['colleague', ({ colleague }) => colleague],
  ['group', ({ way }) => way?.shape === 'group'],
  ['no-way', ({ way }) => way === null],
  ['window-closed', ({ way }) => way !== null && way.blocked !== null],
  ['unreachable', ({ way }) => way?.unreachable === true],
  ['opted-out', ({ way }) => way?.optedOut === true],
  ['asked-lately', ({ askedAt, ...ground }) => askedAt !== null && askedAt > askedBefore(ground)],
];

/** Who was asked after that is left in peace. */
export const askedBefore = ({ now, daysBetween }: Pick<Ground, 'now' | 'daysBetween'>): Date =>
  new Date(now.getTime() - daysBetween * DAY_MS);

/** null: they are asked. The first reason is the one that is told. */
export const whyNot = (ground: Ground): NotAsked | null => checks.find(([, holds]) => holds(ground))?.[0] ?? null;
