import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent } from '@switchboard/contract';
import { z } from 'zod';
import { asConnectorError, bodyOf, codeOfStatus } from '../../kit/provider-error.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { Graph } from '../graph.ts';
import { webUrl } from '../values.ts';
import type { Sort } from './parse/parse-messaging.ts';

const KEPT_MS = 3_600_000;
/** Somebody whom Meta would not tell of is asked for again soon. */
const AGAIN_MS = 60_000;
const MOST_KEPT = 5_000;

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

/** Messages name their sender by an id alone: the names behind them, each asked for once an hour. */
export const openNames = (graph: Graph, sort: Sort, now: () => Date) => {
  const kept = new Map<string, { until: number; name: Promise<string | undefined> }>();
  const nameKept = (id: string): Promise<string | undefined> => {
    const at = now().getTime();
    const known = kept.get(id);
    if (known !== undefined && known.until > at) return known.name;
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    const entry = { until: at + KEPT_MS, name: Promise.resolve<string | undefined>(undefined) };
    entry.name = nameOf(graph, sort, id).catch(() => {
      entry.until = at + AGAIN_MS;
      return undefined;
    });
    kept.set(id, entry);
    return entry.name;
  };
  const named = async (event: NormalisedEvent): Promise<NormalisedEvent> => {
    if (event.kind !== 'message.received') return event;
    const displayName = await nameKept(event.sender.externalId);
    return displayName === undefined ? event : { ...event, sender: { ...event.sender, displayName } };
  };
  return (events: NormalisedEvent[]): Promise<NormalisedEvent[]> => Promise.all(events.map(named));
};

/** Attachments and pictures are at signed addresses that need no token. */
export const openFile = async (fetch: SafeFetch, source: string): Promise<Readable> => {
  if (webUrl(source) === undefined) throw new ConnectorError('rejected', 'The attachment has no valid address');
  const response = await fetch(source).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  if (response.status === 200) return bodyOf(response, 'Attachment');
  response.body.destroy();
  throw new ConnectorError(codeOfStatus(response.status, 'read'), `Attachment: Meta answered ${response.status}`);
};
