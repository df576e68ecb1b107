import { buffer } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart } from '@switchboard/contract';
import { heldFileId } from '../../kit/held-file.ts';
import type { FilePart } from '../../kit/multipart.ts';
import type { Fields } from './api.ts';

export type Files = Pick<ConnectorContext, 'readMedia'>;
export interface Call {
  readonly method: string;
  readonly fields: Fields;
  readonly files?: readonly FilePart[];
}
type Part<T extends ContentPart['type']> = Extract<ContentPart, { type: T }>;
type Sort = 'photo' | 'video' | 'audio' | 'document';
interface Upload {
  readonly sort: Sort;
  readonly file: FilePart;
}

const LONGEST_CAPTION = 1024;
const CALLBACK_BYTES = 64;
const LARGEST_PHOTO = 10_000_000;

/** What Telegram shows as such; everything else is a document, which it passes on as it is. */
const sortOf = (mimeType: string, bytes: number): Sort => {
  if (['image/jpeg', 'image/png', 'image/webp'].includes(mimeType) && bytes <= LARGEST_PHOTO) return 'photo';
  if (mimeType === 'video/mp4') return 'video';
  return mimeType === 'audio/mpeg' || mimeType === 'audio/mp4' ? 'audio' : 'document';
};
const methods: Readonly<Record<Sort, string>> = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  audio: 'sendAudio',
  document: 'sendDocument',
};

const uploadOf = async ({ media }: Part<'media'>, at: number, files: Files): Promise<Upload> => {
  const { stream, fileName, mimeType } = await files.readMedia(heldFileId(media));
  const bytes = await buffer(stream);
  return { sort: sortOf(mimeType, bytes.length), file: { name: `file${at}`, fileName, mimeType, bytes } };
};

/** Albums are of pictures and films, or of one other sort alone. */
const groupsOf = (uploads: readonly Upload[]): Upload[][] => {
  const familyOf = ({ sort }: Upload) => (sort === 'video' ? 'photo' : sort);
  const families = new Set(uploads.map(familyOf));
  return [...families].map((family) => uploads.filter((upload) => familyOf(upload) === family));
};

const callOf = (group: readonly Upload[], caption: string | undefined): Call => {
  const files = group.map(({ file }) => file);
  const [first, ...more] = group;
  if (first !== undefined && more.length === 0)
    return {
      method: methods[first.sort],
      fields: { [first.sort]: `attach://${first.file.name}`, ...(caption && { caption }) },
      files,
    };
  const media = group.map(({ sort, file }, index) => ({
    type: sort,
    media: `attach://${file.name}`,
    ...(index === 0 && caption && { caption }),
  }));
  return { method: 'sendMediaGroup', fields: { media }, files };
};

const keyboardOf = ({ choices }: Part<'choices'>) => ({
  inline_keyboard: choices.map(({ id, label }) => {
    if (Buffer.byteLength(id) > CALLBACK_BYTES)
      throw new ConnectorError('rejected', 'A choice’s id is longer than the 64 bytes that Telegram takes');
    return [{ text: label, callback_data: id }];
  }),
});

const choicesCall = (part: Part<'choices'>): Call => {
  const explained = part.choices.flatMap(({ label, description }) => (description ? [`${label}: ${description}`] : []));
  return {
    method: 'sendMessage',
    fields: { text: [part.prompt, ...explained].join('\n'), reply_markup: keyboardOf(part) },
  };
};

const locationCall = ({ latitude, longitude, label }: Part<'location'>): Call =>
  label
    ? { method: 'sendVenue', fields: { latitude, longitude, title: label, address: label } }
    : { method: 'sendLocation', fields: { latitude, longitude } };

const contactCall = ({ name, phones }: Part<'contact'>): Call => {
  if (phones[0] === undefined) throw new ConnectorError('rejected', 'Telegram’s contacts need a phone number');
  return { method: 'sendContact', fields: { phone_number: phones[0], first_name: name } };
};

/** Words and files go together (below); html only says again what the text says. */
const otherCalls = (part: ContentPart): Call[] => {
  switch (part.type) {
    case 'text':
    case 'media':
    case 'html':
      return [];
    case 'location':
      return [locationCall(part)];
    case 'contact':
      return [contactCall(part)];
    case 'choices':
      return [choicesCall(part)];
    default:
      throw new ConnectorError('unsupported', `Telegram cannot carry ${part.type}`);
  }
};

const wordsIn = (part: ContentPart): string[] =>
  part.type === 'text' ? [part.text] : part.type === 'media' && part.caption ? [part.caption] : [];

/** What a message takes at Telegram: often one call, sometimes several. */
export const callsOf = async (parts: readonly ContentPart[], files: Files): Promise<Call[]> => {
  const others = parts.flatMap(otherCalls);
  const words = parts.flatMap(wordsIn).join('\n');
  const media = parts.filter((part) => part.type === 'media');
  const uploads = await Promise.all(media.map((part, at) => uploadOf(part, at, files)));
  const isCaption = uploads.length > 0 && words !== '' && words.length <= LONGEST_CAPTION;
  return [
    ...(words !== '' && !isCaption ? [{ method: 'sendMessage', fields: { text: words } }] : []),
    ...groupsOf(uploads).map((group, index) => callOf(group, index === 0 && isCaption ? words : undefined)),
    ...others,
  ];
};
