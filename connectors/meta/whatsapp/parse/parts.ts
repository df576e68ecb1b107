import type { ContentPart } from '@switchboard/contract';
import { known } from '../../values.ts';
import { formWords } from './form-words.ts';
import type { Card, Content, Interactive, Media, Order } from './payload.schema.ts';

const text = (words: string): ContentPart[] => (words === '' ? [] : [{ type: 'text', text: words }]);

/** Its id is enough to fetch it; the address that comes with some lasts five minutes. */
const media = (file: Media, fallbackType: string): ContentPart[] => {
  const source = file.id ?? file.url ?? file.link;
  const said = text(file.caption ?? '');
  if (source === undefined) return [...said, ...text('(a file that WhatsApp does not pass on)')];
  const mimeType = (file.mime_type ?? fallbackType).slice(0, 200);
  return [
    ...said,
    { type: 'media', media: { source, mimeType, ...known({ fileName: file.filename?.slice(0, 500) }) } },
  ];
};

const card = ({ name, phones = [], emails = [], vcard = '' }: Card): ContentPart => {
  const numbers = phones.flatMap(({ phone, wa_id }) => phone ?? (wa_id && `+${wa_id}`) ?? []);
  const inCard = [...vcard.matchAll(/^TEL[^:\r\n]*:([^\r\n]+)/gim)].map(([, number = '']) => number.trim());
  return {
    type: 'contact',
    name: (name?.formatted_name || name?.first_name || numbers[0] || inCard[0] || 'Contact').slice(0, 500),
    phones: (numbers.length > 0 ? numbers : inCard).slice(0, 50).map((number) => number.slice(0, 100)),
    emails: emails.flatMap(({ email }) => email?.slice(0, 320) ?? []).slice(0, 50),
  };
};

const choice = (id: string | undefined, label: string | undefined): ContentPart[] => [
  { type: 'choice', id: (id ?? label ?? '').slice(0, 1000), ...known({ label: label?.slice(0, 2000) }) },
];

const interactive = ({
  type,
  button_reply,
  list_reply,
  nfm_reply,
  call_permission_reply,
}: Interactive): ContentPart[] => {
  const picked = button_reply ?? list_reply;
  if (picked) return choice(picked.id, picked.title);
  if (nfm_reply) return text(formWords(nfm_reply));
  if (call_permission_reply) return text(`(permission to call: ${call_permission_reply.response ?? 'unknown'})`);
  return text(`(an interactive answer: ${type ?? 'unknown'})`);
};

const order = ({ text: words, product_items = [] }: Order): ContentPart[] =>
  text(
    [
      words,
      ...product_items.map(({ quantity = 1, product_retailer_id = '?', item_price, currency = '' }) =>
        [`🛒 ${quantity} × ${product_retailer_id}`, item_price === undefined ? '' : `${item_price} ${currency}`.trim()]
          .filter(Boolean)
          .join(', '),
      ),
    ]
      .filter(Boolean)
      .join('\n') || '(an order)',
  );

const location = ({ latitude, longitude, name, address }: NonNullable<Content['location']>): ContentPart[] => [
  {
    type: 'location',
    latitude,
    longitude,
    ...known({ label: [name, address].filter(Boolean).join(', ').slice(0, 500) }),
  },
];

const kinds: { readonly [K in keyof Content]?: (value: NonNullable<Content[K]>) => ContentPart[] } = {
  text: ({ body }) => text(body),
  image: (file) => media(file, 'image/jpeg'),
  video: (file) => media(file, 'video/mp4'),
  audio: (file) => media(file, 'audio/ogg'),
  voice: (file) => media(file, 'audio/ogg'),
  document: (file) => media(file, 'application/octet-stream'),
  sticker: (file) => media(file, 'image/webp'),
  location,
  contacts: (cards) => cards.map(card),
  button: ({ payload, text: label }) => choice(payload, label),
  interactive,
  order,
  system: ({ body, type }) => text(body ?? `(${type ?? 'a change of the account'})`),
  template: ({ name }) => text(`(the template ${name ?? ''})`),
};

const notPassedOn = ({ type, unsupported, errors }: Content): string => {
  const [first] = errors ?? [];
  const why = first?.error_data?.details ?? first?.title ?? unsupported?.type ?? type;
  return `(a message of a kind that WhatsApp does not pass on${why ? `: ${why}` : ''})`;
};

/** Always at least one part: what can't be shown is told, for the customer thinks that we have it. */
export const partsOf = (content: Content): ContentPart[] => {
  const named = content.type !== undefined && Object.hasOwn(kinds, content.type) ? [content.type] : Object.keys(kinds);
  for (const kind of [...named, ...Object.keys(kinds)]) {
    const value = content[kind as keyof Content];
    const parts = value === undefined ? [] : (kinds[kind as keyof Content] as (value: unknown) => ContentPart[])(value);
    if (parts.length > 0) return parts;
  }
  return text(notPassedOn(content));
};
