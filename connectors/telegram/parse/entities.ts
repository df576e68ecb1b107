import type { Entity } from './update.schema.ts';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => escaped[char] ?? char).replace(/\n/g, '<br>');

const tags: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'span',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

const openingOf = ({ type, url }: Entity): string | null => {
  if (type === 'text_link' && url !== undefined && /^(https?|tg|mailto):/i.test(url))
    return `<a href="${escape(url)}">`;
  const tag = Object.hasOwn(tags, type) ? tags[type] : undefined;
  return tag === undefined ? null : `<${tag}>`;
};
const closingOf = (opening: string): string => `</${/^<(\w+)/.exec(opening)?.[1] ?? ''}>`;

/**
 * The same words with how they look; null where that adds nothing. Offsets count UTF-16 units, as JavaScript does, and
 * entities lie within each other or apart: https://core.telegram.org/bots/api#messageentity
 */
export const htmlOf = (text: string, entities: readonly Entity[] = []): string | null => {
  const shown = entities.flatMap((entity) => {
    const opening = openingOf(entity);
    const end = entity.offset + entity.length;
    return opening === null || entity.length === 0 || end > text.length ? [] : [{ opening, start: entity.offset, end }];
  });
  if (shown.length === 0) return null;
  shown.sort((a, b) => a.start - b.start || b.end - a.end);
  const open: typeof shown = [];
  let html = '';
  let at = 0;
  const goTo = (position: number): void => {
    html += escape(text.slice(at, position));
    at = Math.max(at, position);
  };
  const closeUpTo = (position: number): void => {
    for (let last = open.at(-1); last !== undefined && last.end <= position; last = open.at(-1)) {
      goTo(last.end);
      html += closingOf(last.opening);
      open.pop();
    }
  };
  for (const entity of shown) {
    closeUpTo(entity.start);
    // One that crosses its neighbour is none that Telegram makes.
    const around = open.at(-1);
    if (around !== undefined && entity.end > around.end) continue;
    goTo(entity.start);
    html += entity.opening;
    open.push(entity);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return html + escape(text.slice(at));
};
