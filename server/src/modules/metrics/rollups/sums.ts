import type { MetricGroup } from '@switchboard/contract';
import { addFact, emptyCell, mergeInto, type Cell } from './cell.ts';
import type { Fact } from '../facts/fact.schema.ts';

/** What some facts come to: in all, and for each channel, agent and tag; of all queues together for each queue, too. */
export interface Sums {
  all: Cell;
  queue: Record<string, Cell>;
  channel: Record<string, Cell>;
  agent: Record<string, Cell>;
  tag: Record<string, Cell>;
}
export type Part = MetricGroup;
export const parts = ['queue', 'channel', 'agent', 'tag'] as const satisfies readonly Part[];

// Without a prototype: a tag may be called "constructor".
const none = (): Record<string, Cell> => Object.create(null) as Record<string, Cell>;
export const emptySums = (): Sums => ({
  ...{ all: emptyCell(), queue: none(), channel: none(), agent: none(), tag: none() },
});

const keysOf: Readonly<Record<Part, (fact: Fact) => readonly string[]>> = {
  // Of one queue: those of all are put together from theirs.
  queue: () => [],
  channel: ({ channel }) => (channel === null ? [] : [channel]),
  agent: ({ agentId }) => (agentId === null ? [] : [agentId]),
  tag: ({ tags }) => tags,
};

export function addToSums(sums: Sums, fact: Fact): void {
  addFact(sums.all, fact);
  for (const part of parts) for (const key of keysOf[part](fact)) addFact(cellOf(sums, part, key), fact);
}

/** That of one part, or of all; made where there is none yet. */
export const cellOf = (sums: Sums, part: 'all' | Part, key: string): Cell =>
  part === 'all' ? sums.all : (sums[part][key] ??= emptyCell());

export function mergeSums(sums: Sums, other: Sums): void {
  mergeInto(sums.all, other.all);
  for (const part of parts)
    for (const [key, cell] of Object.entries(other[part])) mergeInto(cellOf(sums, part, key), cell);
}
