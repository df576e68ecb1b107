import { z } from 'zod';
import { File, Photo } from './update.schema.ts';

/** https://core.telegram.org/bots/api#richmessage: blocks within blocks, and a text is words, texts, or something with a text. */
const lists = ['blocks', 'items'] as const;
const texts = ['summary', 'text', 'expression', 'caption', 'credit'] as const;
const deepest = 20;

const spoken = (text: unknown, depth = 0): string => {
  if (typeof text === 'string') return text;
  if (depth > deepest) return '';
  if (Array.isArray(text)) return text.map((one) => spoken(one, depth + 1)).join('');
  const { text: inner, alternative_text } = Object(text) as { text?: unknown; alternative_text?: unknown };
  return inner === undefined && alternative_text === undefined ? '' : spoken(inner ?? alternative_text, depth + 1);
};

const rowsOf = (cells: unknown): string[] =>
  Array.isArray(cells)
    ? cells.map((row) => (Array.isArray(row) ? row.map((cell) => spoken(cell)).join('\t') : ''))
    : [];

/** Its words, a line for each block. */
export const richWords = (blocks: readonly unknown[], depth = 0): string => {
  if (depth > deepest) return '';
  const lines = blocks.flatMap((block): string[] => {
    const fields = Object(block) as Record<string, unknown>;
    const own = texts.map((name) => spoken(fields[name])).filter(Boolean);
    const inner = lists.map((name) => (Array.isArray(fields[name]) ? richWords(fields[name], depth + 1) : ''));
    const said = [...own, ...rowsOf(fields['cells']), ...inner].filter(Boolean);
    const label = spoken(fields['label']);
    return label === '' ? said : [`${label} ${said.join('\n')}`];
  });
  return lines.join('\n');
};

const Shown = z.object({
  photo: z.array(Photo).optional().catch(undefined),
  video: File.optional().catch(undefined),
  animation: File.optional().catch(undefined),
  audio: File.optional().catch(undefined),
  voice_note: File.optional().catch(undefined),
  document: File.optional().catch(undefined),
});
export type Shown = z.infer<typeof Shown>;

/** The pictures and files of its blocks. */
export const richFiles = (blocks: readonly unknown[], depth = 0): Shown[] =>
  depth > deepest
    ? []
    : blocks.flatMap((block) => {
        const { blocks: inner } = Object(block) as { blocks?: unknown };
        return [Shown.parse(Object(block)), ...(Array.isArray(inner) ? richFiles(inner, depth + 1) : [])];
      });
