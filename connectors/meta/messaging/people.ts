import type { NormalisedEvent, Party } from '@switchboard/contract';
import { z } from 'zod';
import { askedOnce } from '../../kit/asked-once.ts';
import type { Graph } from '../graph.ts';
import type { Sort } from './parse/parse-messaging.ts';

const Person = z.object({
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  /** An address that is good for some days; the picture behind it needs no token. */
  profile_pic: z.string().max(4096).optional(),
});

/** https://developers.facebook.com/docs/messenger-platform/identity/user-profile */
const profileOf = async (graph: Graph, { object }: Sort, id: string): Promise<Partial<Party>> => {
  const fields = object === 'instagram' ? 'name,username,profile_pic' : 'first_name,last_name,profile_pic';
  const person = Person.safeParse(await graph.get(encodeURIComponent(id), { fields }));
  if (!person.success) return {};
  const { name, first_name, last_name, username, profile_pic: picture } = person.data;
  const displayName = name || [first_name, last_name].filter(Boolean).join(' ') || (username && `@${username}`);
  return {
    ...(displayName && { displayName: displayName.slice(0, 500) }),
    ...(picture && URL.canParse(picture) && { picture }),
  };
};

/** Messages name their sender by an id alone: the names and pictures behind them. */
export const openProfiles = (graph: Graph, sort: Sort, now: () => Date) => {
  const profileKept = askedOnce((id) => profileOf(graph, sort, id), now);
  const known = async (event: NormalisedEvent): Promise<NormalisedEvent> => {
    if (event.kind !== 'message.received') return event;
    const profile = await profileKept(event.sender.externalId);
    return profile === undefined ? event : { ...event, sender: { ...event.sender, ...profile } };
  };
  return (events: NormalisedEvent[]): Promise<NormalisedEvent[]> => Promise.all(events.map(known));
};
