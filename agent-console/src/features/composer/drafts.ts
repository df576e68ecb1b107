import type { MediaView, Party } from '@switchboard/contract';

export type Mode = 'reply' | 'note';
/** What is being written on one ticket. The reply and the note each have their own words. */
export interface Draft {
  readonly mode: Mode;
  /** Plain text, or html where the channel takes rich text (`rich`). */
  readonly reply: string;
  readonly rich: boolean;
  readonly note: string;
  readonly threadId: string | null;
  readonly subject: string | null;
  readonly cc: readonly Party[] | null;
  readonly files: readonly MediaView[];
  /** The template that was chosen, and what was filled in; null: the nearest. */
  readonly template: { readonly key: string; readonly values: Readonly<Record<string, string>> } | null;
}

export const emptyDraft: Draft = {
  mode: 'reply',
  reply: '',
  rich: false,
  note: '',
  threadId: null,
  subject: null,
  cc: null,
  files: [],
  template: null,
};

export const isEmptyHtml = (html: string): boolean => !/<img\b/i.test(html) && htmlToText(html).trim() === '';
export const isBlank = (draft: Draft): boolean =>
  draft.note.trim() === '' &&
  draft.files.length === 0 &&
  draft.template === null &&
  (draft.rich ? isEmptyHtml(draft.reply) : draft.reply.trim() === '');

/** An empty one is not kept, whichever side of it was shown. */
export const isSame = (one: Draft, other: Draft): boolean =>
  (isBlank(one) && isBlank(other)) || JSON.stringify(one) === JSON.stringify(other);

/** Drafts on this device: they outlive reloads, crashes and sign-outs. */
export class Drafts {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly #prefix: string;

  constructor(agentId: string, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#storage = storage;
    this.#prefix = `switchboard.draft.${agentId}.`;
  }

  read(ticketId: string): Draft {
    const kept = this.#storage.getItem(this.#prefix + ticketId);
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : emptyDraft;
  }

  write(ticketId: string, draft: Draft): void {
    if (isBlank(draft)) this.#storage.removeItem(this.#prefix + ticketId);
    else this.#storage.setItem(this.#prefix + ticketId, JSON.stringify(draft));
  }

  /** Whether a change of the storage may be one of this ticket's; null: all of it was cleared. */
  isOf(ticketId: string, key: string | null): boolean {
    return key === null || key === this.#prefix + ticketId;
  }

  has(ticketId: string): boolean {
    return this.#storage.getItem(this.#prefix + ticketId) !== null;
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** The words of the editor's own html (paragraphs, lists, quotes, links): for channels and readers without html. */
export function htmlToText(html: string): string {
  return html
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis, (_, href: string, label: string) => {
      const words = label.replace(/<[^>]+>/g, '');
      return words === href || href.replace(/^mailto:|^https?:\/\//, '') === words ? words : `${words} (${href})`;
    })
    .replace(/<blockquote\b[^>]*>(.*?)<\/blockquote>/gis, (_, inner: string) => quoteLines(inner))
    .replace(/<ol\b[^>]*>(.*?)<\/ol>/gis, (_, inner: string) => {
      let count = 0;
      return inner.replace(/<li\b[^>]*>/gi, () => `<li>${(count += 1)}. `);
    })
    .replace(/<li>(?!\d+\. )|<li\s[^>]*>/gi, '• ')
    .replace(/<li>/gi, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>\s*<\/li>|<\/li>/gi, '\n')
    .replace(/<\/(?:p|h[1-6]|ul|pre)>/gi, '\n\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
function quoteLines(inner: string): string {
  const lines = htmlToText(inner).split('\n');
  return `${lines.map((line) => `&gt; ${escapeHtml(line)}`).join('<br>')}<br><br>`;
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Plain words as the editor's html: paragraphs at empty lines. */
export function textToHtml(text: string): string {
  if (text === '') return '';
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\n/g, '<br>')}</p>`)
    .join('');
}
