import type { ContentPart } from '@switchboard/contract';
import type { Ticket } from './ticket.schema.ts';

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

/** What the list shows of a ticket once its newest words were changed; null: they were taken away. */
export function previewAfter(
  { preview }: Pick<Ticket, 'preview'>,
  { at }: { readonly at: Date },
  parts: readonly ContentPart[] | null,
): Partial<Ticket> {
  if (preview?.at.getTime() !== at.getTime()) return {};
  return { preview: { ...preview, text: parts === null ? '(deleted)' : previewOf(parts) } };
}

/** The first words of a message for the list: one line of at most 160 characters. */
export function previewOf(parts: readonly ContentPart[], subject?: string): string {
  const text = parts.find((part) => part.type === 'text')?.text;
  const other = parts.find((part) => part.type !== 'text' && part.type !== 'html');
  const shown =
    text ?? (other === undefined ? (subject ?? '') : words[other.type as keyof typeof words](other as never));
  const line = shown.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
