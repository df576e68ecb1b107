import type { ContentPart } from '@switchboard/contract';

const LONGEST = 160;
const words: Record<Exclude<ContentPart['type'], 'text' | 'html'>, (part: never) => string> = {
  media: (part: { media: { fileName?: string; mimeType?: string } }) =>
    `📎 ${part.media.fileName ?? part.media.mimeType?.split('/')[0] ?? 'file'}`,
  location: (part: { label?: string }) => `📍 ${part.label ?? 'location'}`,
  contact: (part: { name: string }) => `👤 ${part.name}`,
  choices: (part: { prompt: string }) => part.prompt,
  choice: (part: { label?: string; id: string }) => part.label ?? part.id,
  template: (part: { name: string; text?: string }) => part.text ?? part.name,
};

/** The first words of a message for the list: one line of at most 160 characters. */
export function previewOf(parts: readonly ContentPart[], subject?: string): string {
  const text = parts.find((part) => part.type === 'text')?.text;
  const other = parts.find((part) => part.type !== 'text' && part.type !== 'html');
  const shown =
    text ?? (other === undefined ? (subject ?? '') : words[other.type as keyof typeof words](other as never));
  const line = shown.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
