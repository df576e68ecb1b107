import type { ContentPart } from '@switchboard/contract';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Mail answers may be html alone. Their words are shown as text, so that nothing in them can act. */
const textOfHtml = (html: string): string =>
  html
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>\s*/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .trim();

/** What a part says in words; null for a file. */
export const partText = (part: ContentPart): string | null => {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'html':
      return textOfHtml(part.html);
    case 'choices':
      return [part.prompt, ...part.choices.map(({ label }) => `• ${label}`)].join('\n');
    case 'choice':
      return part.label ?? part.id;
    case 'location':
      return part.label ?? `${part.latitude}, ${part.longitude}`;
    case 'template':
      return part.text ?? Object.values(part.variables).join('\n');
    case 'contact':
      return [part.name, ...part.phones, ...part.emails].join('\n');
    default:
      return part.caption ?? null;
  }
};

/** Where a message has both, the html only repeats the text. */
export const shownParts = (parts: readonly ContentPart[]): readonly ContentPart[] =>
  parts.some(({ type }) => type === 'text') ? parts.filter(({ type }) => type !== 'html') : parts;
