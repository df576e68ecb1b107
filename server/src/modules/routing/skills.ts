import { sameSkill, type QueueRouting, type Skill } from '@switchboard/contract';

/** What a queue still asks for after a ticket has waited. */
export interface Needs {
  readonly required: readonly Skill[];
  readonly preferred: readonly Skill[];
}
export interface Missing extends Skill {
  /** null: not at any level. */
  readonly has: number | null;
}

/** The step furthest in time that has been reached holds. */
export function needsAfter({ required, preferred, relax }: QueueRouting, waitedMs: number): Needs {
  const reached = relax.filter(({ afterSeconds }) => afterSeconds * 1000 <= waitedMs);
  if (reached.length === 0) return { required, preferred };
  const { lowerBy } = reached.reduce((last, step) => (step.afterSeconds >= last.afterSeconds ? step : last));
  if (lowerBy === null) return { required: [], preferred: [...required, ...preferred] };
  return { required: required.map((skill) => ({ ...skill, level: Math.max(1, skill.level - lowerBy) })), preferred };
}

const levelOf = (skills: readonly Skill[], name: string): number | null =>
  skills.find((each) => sameSkill(each.name, name))?.level ?? null;

export function missingOf(skills: readonly Skill[], { required }: Needs): Missing | null {
  for (const { name, level } of required) {
    const has = levelOf(skills, name);
    if (has === null || has < level) return { name, level, has };
  }
  return null;
}

export const preferredOf = (skills: readonly Skill[], { preferred }: Needs): number =>
  preferred.filter(({ name, level }) => (levelOf(skills, name) ?? 0) >= level).length;

/** All that the queue asks for, required or preferred, at the levels that there are. */
export const levelsOf = (skills: readonly Skill[], { required, preferred }: Needs): number =>
  [...required, ...preferred].reduce((sum, { name }) => sum + (levelOf(skills, name) ?? 0), 0);
