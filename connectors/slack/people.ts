import type { ContentPart, Handle, NormalisedEvent, Party } from '@switchboard/contract';
import { z } from 'zod';
import { askedOnce } from '../kit/asked-once.ts';
import type { SlackClient } from './client.ts';

const User = z.object({
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  profile: z
    .object({
      display_name: z.string().nullish(),
      real_name: z.string().nullish(),
      email: z.string().nullish(),
      image_192: z.string().nullish(),
    })
    .default({}),
});
type Known = Pick<Party, 'displayName' | 'picture' | 'handles'>;

/** An address that another workspace's people say is theirs proves nothing to us. */
const handlesOf = (user: z.infer<typeof User>, team: string | undefined): Handle[] => {
  const email = z.email().max(320).safeParse(user.profile.email?.toLowerCase());
  const ours = team !== undefined && user.team_id === team && !user.is_stranger && user.is_email_confirmed !== false;
  return email.success && ours ? [{ type: 'email', value: email.data }] : [];
};

const knownOf = (answer: unknown, team: string | undefined): Known => {
  const user = User.parse(answer);
  const { display_name, real_name, image_192 } = user.profile;
  const displayName = (display_name || real_name || user.real_name || user.name || '').slice(0, 500);
  return {
    handles: handlesOf(user, team),
    ...(displayName ? { displayName } : {}),
    ...(image_192 && URL.canParse(image_192) ? { picture: image_192 } : {}),
  };
};

const withNames = (text: string, people: ReadonlyMap<string, Known>): string =>
  text.replace(/@([UW][A-Z0-9]{2,100})\b/g, (whole, id: string) => {
    const name = people.get(id)?.displayName;
    return name ? `@${name}` : whole;
  });
const escaped = (name: string) => name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Who somebody is; throws ConnectorErrors. */
export const askPerson = async (client: SlackClient, user: string): Promise<{ name: string; email?: string }> => {
  const [answer, own] = await Promise.all([
    client.call('users.info', { user }, 'read'),
    client.call('auth.test', {}, 'read'),
  ]);
  const { displayName, handles } = knownOf(answer['user'], String(own['team_id']));
  const email = handles.find(({ type }) => type === 'email')?.value;
  return { name: displayName ?? user, ...(email === undefined ? {} : { email }) };
};

/** Names for the ids in Slack's events. */
export const openPeople = (client: SlackClient, now: () => Date) => {
  let team: Promise<string | undefined> | undefined;

  const ask = async (user: string): Promise<Known> => {
    team ??= client.call('auth.test', {}, 'read').then(({ team_id }) => String(team_id));
    const [answer, own] = await Promise.all([
      client.call('users.info', { user }, 'read'),
      team.catch(() => (team = undefined)),
    ]);
    return knownOf(answer['user'], own);
  };
  const personOf = askedOnce(ask, now);

  const named = (party: Party, people: ReadonlyMap<string, Known>): Party => ({
    ...party,
    ...people.get(party.externalId),
  });

  const nameIn = (event: NormalisedEvent, people: ReadonlyMap<string, Known>): NormalisedEvent => {
    const sender = 'sender' in event ? { sender: named(event.sender, people) } : {};
    const safe = new Map(
      [...people].map(([id, known]) => [id, { ...known, displayName: escaped(known.displayName ?? id) }]),
    );
    const parts = partsIn(event).map((part) => {
      if (part.type === 'text') return { ...part, text: withNames(part.text, people) };
      return part.type === 'html' ? { ...part, html: withNames(part.html, safe) } : part;
    });
    if (event.kind === 'desk.acted')
      return { ...event, ...sender, act: event.act.type === 'reply' ? { ...event.act, parts } : event.act };
    if (event.kind !== 'message.received' && event.kind !== 'message.edited')
      return { ...event, ...sender } as NormalisedEvent;
    const to =
      'to' in event.message && event.message.to ? { to: event.message.to.map((one) => named(one, people)) } : {};
    return { ...event, ...sender, message: { ...event.message, parts, ...to } } as NormalisedEvent;
  };

  return async (events: NormalisedEvent[]): Promise<NormalisedEvent[]> => {
    const ids = new Set(events.flatMap(idsIn));
    const asked = await Promise.all([...ids].slice(0, 20).map(async (id) => [id, await personOf(id)] as const));
    const people = new Map(asked.flatMap(([id, person]) => (person === undefined ? [] : [[id, person] as const])));
    return people.size === 0 ? events : events.map((event) => nameIn(event, people));
  };
};

const partsIn = (event: NormalisedEvent): readonly ContentPart[] => {
  if (event.kind === 'message.received' || event.kind === 'message.edited') return event.message.parts;
  return event.kind === 'desk.acted' && event.act.type === 'reply' ? event.act.parts : [];
};

const idsIn = (event: NormalisedEvent): string[] => {
  const sender = 'sender' in event ? [event.sender.externalId] : [];
  const texts = partsIn(event).flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return [
    ...sender,
    ...texts.flatMap((text) => [...text.matchAll(/@([UW][A-Z0-9]{2,100})\b/g)].map(([, id = '']) => id)),
  ];
};
