import type { AgentView, Overflow, QueueRouting, QueueView, Relaxation, Skill } from '@switchboard/contract';

export const levels = [1, 2, 3, 4, 5] as const;

/** The skills that are named anywhere, each once, to be offered. */
export function knownSkills(agents: readonly AgentView[], queues: readonly QueueView[]): string[] {
  const all = [
    ...agents.flatMap(({ skills }) => skills),
    ...queues.flatMap(({ routing }) => [...routing.required, ...routing.preferred]),
  ];
  return [...new Map(all.map(({ name }) => [name.toLowerCase(), name])).values()].sort();
}

/** What is offered as the next step: first a level less after a minute, then later and less. */
export function nextStep(steps: readonly Relaxation[]): Relaxation {
  const last = steps.at(-1);
  return last === undefined
    ? { afterSeconds: 60, lowerBy: 1 }
    : { afterSeconds: Math.min(last.afterSeconds * 3, 604_800), lowerBy: null };
}

type Named = Pick<QueueView, 'id' | 'name'>;

/** First help after two minutes, then later, from the queue at the top. */
export function nextOverflow(steps: readonly Overflow[], queues: readonly Named[]): Overflow {
  const last = steps.findLast(({ afterSeconds }) => afterSeconds !== null)?.afterSeconds;
  const queueIds = queues.slice(0, 1).map(({ id }) => id);
  return { afterSeconds: last == null ? 120 : Math.min(last * 2, 604_800), does: 'offer', queueIds };
}

/** Without the rows that nobody has filled in. */
export const named = (skills: readonly Skill[]): Skill[] =>
  skills.map((skill) => ({ ...skill, name: skill.name.trim() })).filter(({ name }) => name !== '');

/** As it is to be kept: without empty rows. */
export const tidy = (routing: QueueRouting): QueueRouting => ({
  ...routing,
  required: named(routing.required),
  preferred: named(routing.preferred),
});
