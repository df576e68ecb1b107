import type { NormalisedEvent } from '@switchboard/contract';
import { z } from 'zod';
import { askedOnce } from '../../kit/asked-once.ts';
import type { Graph } from '../graph.ts';
import type { Sort } from './parse/parse-messaging.ts';

const Person = z.object({
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});

/** https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
const nameOf = async (graph: Graph, { object }: Sort, id: string): Promise<string | undefined> => {
  const fields = object === 'instagram' ? 'name,username' : 'first_name,last_name';
  const person = Person.safeParse(await graph.get(encodeURIComponent(id), { fields }));
  if (!person.success) return undefined;
  const { name, first_name, last_name, username } = person.data;
  const displayName = name || [first_name, last_name].filter(Boolean).join(' ') || (username && `@${username}`);
  return displayName?.slice(0, 500) || undefined;
};

/** Messages name their sender by an id alone: the names behind them. */
export const openNames = (graph: Graph, sort: Sort, now: () => Date) => {
  const nameKept = askedOnce((id) => nameOf(graph, sort, id), now);
  const named = async (event: NormalisedEvent): Promise<NormalisedEvent> => {
    if (event.kind !== 'message.received') return event;
    const displayName = await nameKept(event.sender.externalId);
    return displayName === undefined ? event : { ...event, sender: { ...event.sender, displayName } };
  };
  return (events: NormalisedEvent[]): Promise<NormalisedEvent[]> => Promise.all(events.map(named));
};
