import type { ContentPart, MediaRef } from '@switchboard/contract';
import { htmlOf } from './entities.ts';
import { richFiles, richWords } from './rich.ts';
import type { File, Message, Photo } from './update.schema.ts';

/** https://core.telegram.org/bots/api#getfile */
const LARGEST_FETCHED = 20_000_000;

const longest = 200_000;
const text = (words: string): ContentPart[] => (words === '' ? [] : [{ type: 'text', text: words }]);

const media = (file: File, mimeType: string, fileName?: string): ContentPart[] => {
  const name = file.file_name ?? fileName;
  const tooLarge = (file.file_size ?? 0) > LARGEST_FETCHED;
  const ref: MediaRef = {
    source: file.file_id,
    mimeType: (file.mime_type || mimeType).slice(0, 200),
    ...(name && { fileName: name.slice(0, 500) }),
    ...(file.file_size !== undefined && { bytes: file.file_size }),
    ...(tooLarge && { problem: 'Telegram lets bots fetch files of up to 20 MB. Ask the customer for another way.' }),
  };
  return [{ type: 'media', media: ref }];
};

const areaOf = ({ width = 0, height = 0, file_size = 0 }: Photo): number => width * height || file_size;
/** Of the sizes that Telegram made of a picture the largest; it does not always come last. */
const photo = (sizes: readonly Photo[]): ContentPart[] => {
  const largest = sizes.toSorted((a, b) => areaOf(b) - areaOf(a))[0];
  return largest === undefined ? [] : media(largest, 'image/jpeg');
};

const sticker = (one: NonNullable<Message['sticker']>): ContentPart[] => {
  const name = `sticker${one.emoji ? ` ${one.emoji}` : ''}`;
  // Browsers show no .tgs: a still of it is more than a file to download.
  if (one.is_animated && one.thumbnail) return media(one.thumbnail, 'image/webp', `${name}.webp`);
  const [type, end] = one.is_video
    ? ['video/webm', 'webm']
    : one.is_animated
      ? ['application/x-tgsticker', 'tgs']
      : ['image/webp', 'webp'];
  return media(one, type, `${name}.${end}`);
};

const audio = (one: NonNullable<Message['audio']>): ContentPart[] => {
  const title = [one.performer, one.title].filter(Boolean).join(' - ');
  return media(one, 'audio/mpeg', title || undefined);
};

const venue = ({ location, title, address }: NonNullable<Message['venue']>): ContentPart[] => [
  { type: 'location', ...location, label: [title, address].filter(Boolean).join(', ').slice(0, 500) },
];

const contact = ({
  phone_number,
  first_name,
  last_name,
  vcard = '',
}: NonNullable<Message['contact']>): ContentPart[] => [
  {
    type: 'contact',
    name: ([first_name, last_name].filter(Boolean).join(' ') || phone_number || 'Contact').slice(0, 500),
    phones: phone_number ? [phone_number.slice(0, 100)] : [],
    emails: [...vcard.matchAll(/^EMAIL[^:\r\n]*:([^\s\r\n]{3,320})/gim)].map(([, email = '']) => email).slice(0, 50),
  },
];

const listed = (title: string, items: readonly { text: string }[], mark: string): ContentPart[] =>
  text([title, ...items.map((item) => `${mark} ${item.text}`)].join('\n'));

const paid = ({ paid_media }: NonNullable<Message['paid_media']>): ContentPart[] =>
  paid_media.flatMap((one) => (one.video ? media(one.video, 'video/mp4') : photo(one.photo ?? [])));

const richTypes = {
  video: 'video/mp4',
  animation: 'video/mp4',
  audio: 'audio/mpeg',
  voice_note: 'audio/ogg',
  document: 'application/octet-stream',
} as const;
const rich = ({ blocks }: NonNullable<Message['rich_message']>): ContentPart[] => [
  ...text(richWords(blocks).slice(0, longest)),
  ...richFiles(blocks).flatMap((shown) => [
    ...photo(shown.photo ?? []),
    ...(Object.keys(richTypes) as (keyof typeof richTypes)[]).flatMap((kind) => {
      const file = shown[kind];
      return file === undefined ? [] : media(file, richTypes[kind]);
    }),
  ]),
];

/**
 * What a message carries besides its words, the more special kind first: an animation comes as a document, too, and a venue as
 * a location.
 */
const kinds: { readonly [K in keyof Message]?: (value: NonNullable<Message[K]>) => ContentPart[] } = {
  photo,
  video: (one) => media(one, 'video/mp4'),
  animation: (one) => media(one, 'video/mp4'),
  video_note: (one) => media(one, 'video/mp4', 'video-message.mp4'),
  voice: (one) => media(one, 'audio/ogg', 'voice-message.ogg'),
  audio,
  document: (one) => media(one, 'application/octet-stream'),
  sticker,
  paid_media: paid,
  venue,
  location: ({ latitude, longitude }) => [{ type: 'location', latitude, longitude }],
  contact,
  dice: ({ emoji, value }) => text(`${emoji} ${value}`),
  poll: ({ question, options }) => listed(`📊 ${question}`, options, '○'),
  checklist: ({ title, tasks }) => listed(`☑️ ${title}`, tasks, '☐'),
  game: ({ title }) => text(`🎮 ${title}`),
  story: () => text('(a story, which Telegram does not show to bots)'),
  invoice: ({ title }) => text(`🧾 ${title}`),
  successful_payment: ({ currency, total_amount }) => text(`💳 Paid ${total_amount} ${currency} (smallest units)`),
  gift: ({ text: said }) => text(['🎁 (a gift)', said].filter(Boolean).join('\n')),
  unique_gift: () => text('🎁 (a gift)'),
  rich_message: rich,
  web_app_data: ({ data, button_text }) => [
    { type: 'choice', id: data.slice(0, 1000), label: button_text.slice(0, 2000) },
  ],
};

const otherParts = (message: Message): ContentPart[] => {
  for (const [kind, read] of Object.entries(kinds)) {
    const value = message[kind as keyof Message];
    if (value !== undefined) return (read as (value: unknown) => ContentPart[])(value);
  }
  return [];
};

const words = (message: Message): ContentPart[] => {
  const said = (message.text ?? message.caption ?? '').slice(0, longest);
  if (said === '') return [];
  const html = htmlOf(said, message.text === undefined ? message.caption_entities : message.entities);
  return [{ type: 'text', text: said }, ...(html === null ? [] : [{ type: 'html' as const, html }])];
};

export const partsOf = (message: Message): ContentPart[] => [...words(message), ...otherParts(message)];
