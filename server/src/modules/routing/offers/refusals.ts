import type { TicketOffers } from './offer.schema.ts';

/** Where nobody else is left, whoever said no may be asked again after this. */
export const ASK_AGAIN_MS = 30_000;

/** Who has had the ticket offered while it waits, and did not take it: when that was last. */
export function refusalsOf(offers: Pick<TicketOffers, 'past' | 'since'> | null): Map<string, Date> {
  const refused = (offers?.past ?? []).filter(
    ({ how, endedAt }) => (how === 'declined' || how === 'missed') && endedAt > (offers?.since ?? endedAt),
  );
  return new Map(refused.map(({ agent, endedAt }) => [agent.id, endedAt]));
}

/** Those of them who may be asked again, if nobody else is left. */
export const askableAgain = (refusals: ReadonlyMap<string, Date>, now: Date): Set<string> =>
  new Set([...refusals].filter(([, at]) => now.getTime() - at.getTime() >= ASK_AGAIN_MS).map(([id]) => id));
