import type { ContentPart, DeskLine, DeskTicket } from '@switchboard/contract';
import { escapeText, mrkdwnOf } from '../mrkdwn/write.ts';
import { buttons } from './acts.ts';

/** Slack asks for no more than 4,000 characters; what stands around the words needs some. */
const LONGEST = 3_500;

export interface Shown {
  readonly text: string;
  readonly blocks?: readonly object[];
}

const link = (url: string, words: string): string => `<${url}|${escapeText(words).replace(/[|\n]/g, ' ')}>`;

const partWords: { [T in ContentPart['type']]?: (part: Extract<ContentPart, { type: T }>) => string } = {
  text: ({ text }) => escapeText(text),
  html: ({ html }) => mrkdwnOf(html),
  location: ({ label, latitude, longitude }) =>
    link(`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`, label ?? `${latitude}, ${longitude}`),
  choice: ({ id, label }) => escapeText(label ?? id),
  choices: ({ prompt, choices }) => escapeText([prompt, ...choices.map(({ label }) => `• ${label}`)].join('\n')),
};

/** The words of a message in Slack's marks. A mail says the same twice, as text and as HTML: the HTML is it. */
const wordsOf = (parts: readonly ContentPart[]): string => {
  const isHtml = parts.some(({ type }) => type === 'html');
  const words = parts
    .filter(({ type }) => !(isHtml && type === 'text'))
    .map((part) => {
      if (part.type === 'media') return part.caption ? escapeText(part.caption) : '';
      const write = partWords[part.type] as ((part: ContentPart) => string) | undefined;
      return write?.(part) ?? `_(${part.type})_`;
    });
  return words.filter((one) => one.trim() !== '').join('\n');
};

/** Never through a mark that Slack would then read wrongly: at the end of a line, or of a word. */
const cut = (words: string, url: string): string => {
  if (words.length <= LONGEST) return words;
  const short = words.slice(0, LONGEST);
  const end = [short.lastIndexOf('\n'), short.lastIndexOf(' ')].find((at) => at > LONGEST / 2) ?? LONGEST;
  return `${short.slice(0, end).replace(/<[^>]*$/, '')} …\n${link(url, 'Read all of it in the console')}`;
};

const quoted = (words: string): string => words.replace(/^/gm, '> ');
const named = (name: string): string => `*${escapeText(name).replace(/\*/g, '∗')}*`;

const lineWords: Record<DeskLine['from'], (author: string, words: string, remark: string) => string> = {
  customer: (author, words, remark) => `${author}${remark}\n${quoted(words)}`,
  agent: (author, words, remark) => `${author} answered${remark}\n${words}`,
  note: (author, words, remark) => `:lock: ${author}, for colleagues alone${remark}\n${words}`,
  event: (_, words) => `_${words}_`,
  trouble: (_, words) => `:warning: ${words}`,
};

/** `files`: links to what was uploaded. */
export const lineText = ({ from, author, remark, parts, url }: DeskLine, files: readonly string[]): string => {
  const words = [cut(wordsOf(parts), url), ...files].filter((one) => one !== '').join('\n');
  return lineWords[from](named(author), words, remark ? ` _(${escapeText(remark)})_` : '');
};

export const fileLink = (permalink: string, name: string): string => link(permalink, name);

const button = (action_id: string, text: string, more: object = {}): object => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text },
  ...more,
});

const endings = { resolved: ':white_check_mark: Resolved', moved: ':arrow_right: No longer shown here' } as const;

/** The first message of a ticket's thread. https://docs.slack.dev/reference/block-kit */
export const ticketMessage = (ticket: DeskTicket): Required<Shown> => {
  const { number, subject, customer, channel, queue, status, assignee, url, can, ended } = ticket;
  const title = `#${number} ${subject}`.slice(0, 200);
  const facts = [customer, channel, queue].map((fact) => escapeText(fact.slice(0, 200))).join(' · ');
  const state = ended ? endings[ended] : escapeText(status);
  const who = assignee === null ? 'Nobody has it yet' : `With ${named(assignee.slice(0, 200))}`;
  const text = `${link(url, title)}\n${facts}\n${state} · ${who}`;
  const offered = [
    ...(can.includes('take') ? [button(buttons.take, 'Take', { style: 'primary' })] : []),
    ...(can.includes('resolve') ? [button(buttons.resolve, 'Resolve')] : []),
    button(buttons.open, 'Open in the console', { url }),
  ];
  const hint = 'Answer in the thread: it goes to the customer. `//` before it makes it a private note.';
  const help = ended ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: hint }] }];
  return {
    text: `${escapeText(title)} · ${facts}`,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, ...help, { type: 'actions', elements: offered }],
  };
};
