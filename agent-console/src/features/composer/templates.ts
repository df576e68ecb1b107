import type { Capabilities, MessageTemplate } from '@switchboard/contract';

/** Which template, and what was typed into its gaps. */
export interface Chosen {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Who writes first there needs the provider's approval for the words. */
export const needsTemplate = ({ content, conversation }: Capabilities): boolean =>
  content.templates && conversation.replyWindow?.afterwards === 'template-only';

const wordsOf = (text: string): Set<string> => new Set(text.toLocaleLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

/** Those that share the most words with what was written first; the same share: by name. */
export function nearestFirst(templates: readonly MessageTemplate[], written: string): MessageTemplate[] {
  const wanted = wordsOf(written);
  const shared = ({ text, name }: MessageTemplate): number =>
    [...wordsOf(`${text} ${name.replaceAll('_', ' ')}`)].filter((word) => wanted.has(word)).length;
  return templates
    .map((template) => ({ template, near: shared(template) }))
    .toSorted((a, b) => b.near - a.near || a.template.name.localeCompare(b.template.name))
    .map(({ template }) => template);
}

/** What can be told of a value before anybody types it: the customer is most often named first. */
export const firstValue = (example: string | undefined, index: number, customer: string): string =>
  index === 0 && example !== undefined && /^[\p{Lu}][\p{L}'-]+$/u.test(example) ? (customer.split(' ')[0] ?? '') : '';
