import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import type { Profile } from '@switchboard/contract';
import { z } from 'zod';
import { asConnectorError, bodyOf, codeOfStatus } from '../../kit/provider-error.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { Graph } from '../graph.ts';
import { known, webUrl } from '../values.ts';
import type { Sort } from './parse/parse-messaging.ts';

const Person = z.object({
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  profile_pic: z.string().optional(),
});

/** https://developers.facebook.com/docs/messenger-platform/identity/user-profile: messages name their sender by an id alone. */
export const profileOf = async (graph: Graph, { object }: Sort, id: string): Promise<Profile | null> => {
  const fields = object === 'instagram' ? 'name,username,profile_pic' : 'first_name,last_name,profile_pic';
  const person = Person.safeParse(await graph.get(encodeURIComponent(id), { fields }));
  if (!person.success) return null;
  const { name, first_name, last_name, username, profile_pic } = person.data;
  const displayName = name || [first_name, last_name].filter(Boolean).join(' ') || (username && `@${username}`);
  return known({ displayName: displayName || undefined, picture: webUrl(profile_pic) });
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
