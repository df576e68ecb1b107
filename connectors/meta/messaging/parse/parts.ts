import type { ContentPart } from '@switchboard/contract';
import { known, webUrl } from '../../values.ts';
import type { Attachment, Message } from './payload.schema.ts';

const text = (...words: (string | undefined)[]): ContentPart[] => {
  const said = words.filter(Boolean).join('\n').slice(0, 100_000);
  return said === '' ? [] : [{ type: 'text', text: said }];
};

/** What Meta says of a file is its kind; what it is is seen when the hub holds it. */
const types: Readonly<Record<string, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mp4',
  file: 'application/octet-stream',
  ig_reel: 'video/mp4',
  reel: 'video/mp4',
  ig_story: 'image/jpeg',
  story_mention: 'image/jpeg',
};
const byEnding: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  pdf: 'application/pdf',
};

const media = (type: string, url: string): ContentPart[] => {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const ending = /\.(\w{1,5})$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const mimeType = (Object.hasOwn(byEnding, ending) ? byEnding[ending] : types[type]) ?? 'application/octet-stream';
  const name = type === 'file' ? decodeName(path) : undefined;
  return [{ type: 'media', media: { source: url.slice(0, 4096), mimeType, ...known({ fileName: name }) } }];
};
const decodeName = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path.split('/').at(-1) ?? '').slice(0, 500) || undefined;
  } catch {
    return undefined;
  }
};

const attachment = ({ type = '', title, url, payload }: Attachment): ContentPart[] => {
  const { coordinates } = payload ?? {};
  if (coordinates)
    return [
      {
        type: 'location',
        latitude: coordinates.lat,
        longitude: coordinates.long,
        ...known({ label: title?.slice(0, 500) }),
      },
    ];
  // Instagram’s heart below the keyboard.
  if (type === 'like_heart') return text('❤️');
  const address = payload?.url ?? url;
  if (address !== undefined && Object.hasOwn(types, type)) return [...text(payload?.title), ...media(type, address)];
  // A template of ours or of a shop, a shared link or post.
  const elements = payload?.elements ?? payload?.product?.elements ?? [];
  const rows = elements.map((one) => [one.title, one.subtitle, one.item_url].filter(Boolean).join(', '));
  const words = text(title ?? payload?.title ?? payload?.text, address, ...rows);
  return words.length > 0 ? words : text(`(an attachment that is not passed on: ${type || 'unknown'})`);
};

/** What was said; empty where there is nothing in it at all. */
export const partsOf = ({ text: said, quick_reply, attachments = [] }: Message): ContentPart[] => {
  const picked = quick_reply?.payload;
  if (picked !== undefined)
    return [{ type: 'choice', id: picked.slice(0, 1000), ...known({ label: said?.slice(0, 2000) }) }];
  // A link that is shared comes in the words and once more as an attachment.
  const new_ = attachments.filter(({ type, payload, url }) => {
    const address = payload?.url ?? url;
    return type !== 'fallback' || address === undefined || !said?.includes(address);
  });
  return [...text(said), ...new_.flatMap(attachment)];
};

export const storyUrl = ({ attachments = [] }: Message): string | undefined =>
  webUrl(attachments.find(({ type }) => type === 'story_mention')?.payload?.url);
