import { isTag, isText, type AnyNode, type Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';

/** What Slack would read as its own. */
export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const marks: Record<string, string> = { b: '*', strong: '*', i: '_', em: '_', s: '~', del: '~', strike: '~' };
const blocks = new Set(['p', 'div', 'ul', 'ol', 'table', 'tr', 'section', 'article', 'header', 'footer']);
const silent = new Set(['head', 'style', 'script', 'title', 'template']);

const around = (sign: string, words: string): string =>
  words.trim() === ''
    ? words
    : words.replace(/^(\s*)([^]*?)(\s*)$/, (_, a: string, b: string, c: string) => `${a}${sign}${b}${sign}${c}`);

const link = (href: string, words: string): string => {
  if (!/^(https?:|mailto:|tel:)/i.test(href)) return words;
  const address = href.replace(/[<>|\s]/g, encodeURIComponent);
  return words.trim() === '' || words === href ? `<${address}>` : `<${address}|${words.replace(/[|\n]/g, ' ')}>`;
};

const items = (list: Element): string =>
  list.children
    .filter((child): child is Element => isTag(child) && child.name === 'li')
    .map((item, index) => `${list.name === 'ol' ? `${index + 1}.` : '•'} ${childrenOf(item).trim()}\n`)
    .join('');

const elementOf = (node: Element): string => {
  if (silent.has(node.name)) return '';
  if (node.name === 'br') return '\n';
  if (node.name === 'hr') return '\n———\n';
  if (node.name === 'img') return escapeText(node.attribs['alt'] ?? '');
  if (node.name === 'ul' || node.name === 'ol') return `\n${items(node)}`;
  if (node.name === 'pre') return `\n\`\`\`${verbatim(node)}\`\`\`\n`;
  const words = childrenOf(node);
  const sign = marks[node.name];
  if (sign !== undefined) return around(sign, words);
  if (node.name === 'code') return around('`', words);
  if (node.name === 'a') return link(node.attribs['href'] ?? '', words);
  if (/^h[1-6]$/.test(node.name)) return `\n${around('*', words)}\n`;
  if (node.name === 'blockquote') return `\n${words.trim().replace(/^/gm, '> ')}\n`;
  return blocks.has(node.name) ? `\n${words}\n` : words;
};

const verbatim = (node: AnyNode): string =>
  isText(node) ? escapeText(node.data) : 'children' in node ? node.children.map(verbatim).join('') : '';
const nodeOf = (node: AnyNode): string =>
  isText(node) ? escapeText(node.data.replace(/\s+/g, ' ')) : isTag(node) ? elementOf(node) : '';
const childrenOf = (node: { readonly children: readonly AnyNode[] }): string => node.children.map(nodeOf).join('');

/** Our html in Slack's own marks. */
export const mrkdwnOf = (html: string): string =>
  childrenOf(parseDocument(html))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
