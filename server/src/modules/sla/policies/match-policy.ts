import type { PolicySettings, Priority } from '@switchboard/contract';

/** What policies ask of a ticket. */
export interface Matched {
  queueId: string;
  priority: Priority;
  tags: readonly string[];
  /** The customer's. */
  attributes: Readonly<Record<string, string>>;
}

/** The first active one that fits. */
export function matchPolicy<P extends Pick<PolicySettings, 'active' | 'when'>>(
  policies: readonly P[],
  ticket: Matched,
): P | null {
  return policies.find(({ active, when }) => active && fits(when, ticket)) ?? null;
}

function fits({ queueIds, priorities, tags, attributes }: PolicySettings['when'], ticket: Matched): boolean {
  return (
    holds(queueIds, (id) => id === ticket.queueId) &&
    holds(priorities, (priority) => priority === ticket.priority) &&
    holds(tags, (tag) => ticket.tags.some((own) => same(own, tag))) &&
    attributes.every(({ name, values }) => {
      const own = Object.entries(ticket.attributes).find(([key]) => same(key, name))?.[1];
      return own !== undefined && values.some((value) => same(value, own));
    })
  );
}

/** Nothing asked is nothing amiss. */
const holds = <T>(asked: readonly T[], is: (one: T) => boolean): boolean => asked.length === 0 || asked.some(is);
const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
