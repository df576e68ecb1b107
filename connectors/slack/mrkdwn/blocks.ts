import type { Block } from '../payload.ts';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

type Node = Readonly<Record<string, unknown>>;
const said = (value: unknown): string => (typeof value === 'string' ? value : '');

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block: what stands in a line, as it stands in `text`. */
const inLine: Readonly<Record<string, (node: Node) => string>> = {
  text: ({ text }) => escape(said(text)),
  plain_text: ({ text }) => escape(said(text)),
  mrkdwn: ({ text }) => said(text),
  markdown: ({ text }) => escape(said(text)),
  raw_text: ({ text }) => escape(said(text)),
  link: ({ url, text }) => (said(text) === '' ? `<${said(url)}>` : `<${said(url)}|${escape(said(text))}>`),
  user: ({ user_id }) => `<@${said(user_id)}>`,
  channel: ({ channel_id }) => `<#${said(channel_id)}>`,
  broadcast: ({ range }) => `<!${said(range)}>`,
  emoji: ({ name }) => `:${said(name)}:`,
  date: ({ fallback }) => escape(said(fallback)),
  image: ({ alt_text }) => escape(said(alt_text)),
};
const ofLine = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote', 'context']);
/** Deeper than Slack nests. */
const DEEPEST = 12;

const wordsIn = (node: unknown, depth: number): string => {
  if (depth > DEEPEST || typeof node !== 'object' || node === null) return '';
  if (Array.isArray(node)) return lines(node, depth);
  const one = node as Node;
  const type = said(one['type']);
  const leaf = Object.hasOwn(inLine, type) ? inLine[type] : undefined;
  if (leaf) return leaf(one);
  if (ofLine.has(type) && Array.isArray(one['elements']))
    return one['elements'].map((each) => wordsIn(each, depth + 1)).join(type === 'context' ? ' ' : '');
  const rows = Array.isArray(one['rows']) ? one['rows'].map((row) => inOneLine(row, depth)) : [];
  return [lines([one['title'], one['text'], one['fields'], one['elements']], depth), ...rows]
    .filter((words) => words !== '')
    .join('\n');
};
const inOneLine = (cells: unknown, depth: number): string =>
  Array.isArray(cells) ? cells.map((cell) => wordsIn(cell, depth + 1)).join(' | ') : '';
const lines = (nodes: readonly unknown[], depth: number): string =>
  nodes
    .map((node) => wordsIn(node, depth + 1))
    .filter((words) => words !== '')
    .join('\n');

/** The words of Block Kit as mrkdwn. Slack puts them into `text` too, but for a few kinds (tables, what a workflow posts). */
export const wordsOfBlocks = (blocks: readonly Block[]): string => lines(blocks, 0);
