import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart } from '@switchboard/contract';
import { heldFileId } from '../../../kit/held-file.ts';
import { templateOf } from './template.ts';

type Links = Pick<ConnectorContext, 'publicMediaUrl'>;
type Part<T extends ContentPart['type']> = Extract<ContentPart, { type: T }>;
/** The body of one message but for whom it goes to. */
export type Content = { readonly type: string } & Readonly<Record<string, unknown>>;

const most = { buttons: 3, buttonTitle: 20, rows: 10, rowTitle: 24, rowDescription: 72 };

const kindOf = (mimeType = ''): 'image' | 'video' | 'audio' | 'document' => {
  if (mimeType === 'image/jpeg' || mimeType === 'image/png') return 'image';
  if (mimeType === 'video/mp4' || mimeType === 'video/3gpp') return 'video';
  return mimeType.startsWith('audio/') ? 'audio' : 'document';
};

const mediaContent = ({ media, caption }: Part<'media'>, words: string | undefined, links: Links): Content => {
  const kind = media.mimeType === 'image/webp' ? 'sticker' : kindOf(media.mimeType);
  const said = kind === 'audio' || kind === 'sticker' ? undefined : (caption ?? words);
  return {
    type: kind,
    [kind]: {
      link: links.publicMediaUrl(heldFileId(media)),
      ...(said && { caption: said }),
      ...(kind === 'document' && media.fileName && { filename: media.fileName }),
    },
  };
};

const choicesContent = ({ prompt, choices }: Part<'choices'>): Content => {
  const body = { text: prompt };
  const fit = choices.every(({ label, description }) => label.length <= most.buttonTitle && !description);
  if (choices.length <= most.buttons && fit) {
    const buttons = choices.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } }));
    return { type: 'interactive', interactive: { type: 'button', body, action: { buttons } } };
  }
  if (choices.length > most.rows)
    throw new ConnectorError('rejected', `WhatsApp offers at most ${most.rows} choices at once`);
  const rows = choices.map(({ id, label, description }) => {
    if (label.length > most.rowTitle)
      throw new ConnectorError('rejected', `“${label}” is longer than the ${most.rowTitle} characters of a choice`);
    return { id, title: label, ...(description && { description: description.slice(0, most.rowDescription) }) };
  });
  const action = { button: '☰', sections: [{ rows }] };
  return { type: 'interactive', interactive: { type: 'list', body, action } };
};

const contactContent = ({ name, phones, emails }: Part<'contact'>): Content => ({
  type: 'contacts',
  contacts: [
    {
      name: { formatted_name: name, first_name: name },
      phones: phones.map((phone) => ({ phone })),
      emails: emails.map((email) => ({ email })),
    },
  ],
});

const contentOf = (part: ContentPart): Content[] => {
  switch (part.type) {
    case 'text':
    case 'media':
    case 'html':
      return [];
    case 'location': {
      const { latitude, longitude, label } = part;
      return [{ type: 'location', location: { latitude, longitude, ...(label && { name: label }) } }];
    }
    case 'contact':
      return [contactContent(part)];
    case 'choices':
      return [choicesContent(part)];
    case 'template':
      return [{ type: 'template', template: templateOf(part) }];
    default:
      throw new ConnectorError('unsupported', `WhatsApp cannot carry ${part.type}`);
  }
};

const takesCaption = ({ media }: Part<'media'>): boolean =>
  ['image', 'video', 'document'].includes(kindOf(media.mimeType)) && media.mimeType !== 'image/webp';

/** What a message takes at WhatsApp: words go below the first file, where that can have any; everything else is one for itself. */
export const contentsOf = (parts: readonly ContentPart[], links: Links): Content[] => {
  const others = parts.flatMap(contentOf);
  const words = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const media = parts.filter((part) => part.type === 'media');
  const isCaption = words !== '' && words.length <= 1024 && media[0] !== undefined && takesCaption(media[0]);
  return [
    ...(words !== '' && !isCaption ? [{ type: 'text', text: { body: words, preview_url: true } }] : []),
    ...media.map((part, index) => mediaContent(part, index === 0 && isCaption ? words : undefined, links)),
    ...others,
  ];
};
