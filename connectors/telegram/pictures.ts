import type { Readable } from 'node:stream';
import { ConnectorError, type NormalisedEvent } from '@switchboard/contract';
import { z } from 'zod';
import type { TelegramApi } from './deliver/api.ts';

/** As large as a console shows it, on the densest screens; sizes come smallest first. */
const WANTED_PX = 160;
const Found = z.object({ photos: z.array(z.array(z.object({ file_id: z.string().min(1), width: z.number() }))) });
const prefix = 'picture-of:';

/** Updates say nothing of pictures: they are looked up by the person's number, when the hub wants one. Chats have negative numbers. */
export const withPictures = (events: NormalisedEvent[]): NormalisedEvent[] =>
  events.map((event) =>
    event.kind === 'message.received' && /^\d+$/.test(event.sender.externalId)
      ? { ...event, sender: { ...event.sender, picture: `${prefix}${event.sender.externalId}` } }
      : event,
  );

/** Whose picture a source names; null: it is a file. */
export const picturedIn = (source: string): string | null =>
  source.startsWith(prefix) ? source.slice(prefix.length) : null;

/** The newest picture of a person, as far as they show it to bots: https://core.telegram.org/bots/api#getuserprofilephotos */
export const openPicture = async (
  api: TelegramApi,
  person: string,
  openFile: (fileId: string) => Promise<Readable>,
): Promise<Readable> => {
  const asked = { user_id: Number(person), limit: 1 };
  const found = Found.safeParse(await api.call('getUserProfilePhotos', asked, 'read'));
  const sizes = found.success ? (found.data.photos[0] ?? []) : [];
  const size = sizes.find(({ width }) => width >= WANTED_PX) ?? sizes.at(-1);
  if (size === undefined) throw new ConnectorError('rejected', 'This person shows bots no picture');
  return openFile(size.file_id);
};
