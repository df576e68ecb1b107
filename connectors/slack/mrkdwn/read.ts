import { emojiOf } from './emoji.ts';

/** https://docs.slack.dev/messaging/formatting-message-text: &, < and > are escaped, <…> is what Slack put in. */
const inserted = /<([^<>\s][^<>\n]{0,3999})>/g;
const emoji = /:([a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):/g;

const unescape = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const withEmoji = (text: string): string => text.replace(emoji, (whole, name: string) => emojiOf(name) ?? whole);

interface Insertion {
  readonly text: string;
  readonly href?: string;
}

const readInsertion = (inner: string): Insertion => {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target.startsWith('@')) return { text: `@${label || target.slice(1)}` };
  if (target.startsWith('#')) return { text: `#${label || target.slice(1)}` };
  if (target.startsWith('!')) {
    const [word = ''] = target.slice(1).split('^');
    if (word === 'subteam' || word === 'date') return { text: label || word };
    return { text: label || `@${word}` };
  }
  return { text: label || target.replace(/^(mailto|tel):/, ''), href: target };
};

const linkAsText = ({ text, href }: Insertion): string => {
  const address = href?.replace(/^(mailto|tel):/, '');
  const says =
    address === undefined || text === address || `http://${text}` === address || `https://${text}` === address;
  return says ? text : `${text} (${address})`;
};

/** As people read it: mentions and links by their names, emoji as characters. Marks such as *bold* stay as they were typed. */
export const textOf = (mrkdwn: string): string =>
  withEmoji(unescape(mrkdwn.replace(inserted, (_, inner: string) => linkAsText(readInsertion(inner)))));

const attribute = (value: string): string => value.replace(/"/g, '&quot;');
const links = (mrkdwn: string): string =>
  mrkdwn.replace(inserted, (_, inner: string) => {
    const { text, href } = readInsertion(inner);
    return href !== undefined && /^(https?:\/\/|mailto:|tel:)/i.test(href)
      ? `<a href="${attribute(href)}">${text}</a>`
      : text;
  });

const before = String.raw`(^|[\s([{"'“‘>_~*-])`;
const after = String.raw`(?=$|[\s)\]}.,;:!?"'”’…_~*<-])`;
const mark = (sign: string, tag: string): [RegExp, string] => [
  new RegExp(`${before}\\${sign}(?=\\S)([^\\${sign}\\n]{0,2000}?[^\\s\\${sign}])\\${sign}${after}`, 'g'),
  `$1<${tag}>$2</${tag}>`,
];
const marks = [mark('*', 'strong'), mark('_', 'em'), mark('~', 's')];

/** Underscores in an address are no marks: tags are left alone. */
const outsideTags = (html: string, change: (text: string) => string): string =>
  html.replace(
    /(<[^>]*>)|([^<]+)/g,
    (_, tag: string | undefined, text: string | undefined) => tag ?? change(text ?? ''),
  );

const inline = (text: string): string =>
  text
    .split(/(`[^`\n]+`)/)
    .map((piece) =>
      /^`[^`\n]+`$/.test(piece)
        ? `<code>${links(piece.slice(1, -1))}</code>`
        : outsideTags(links(piece), (words) =>
            withEmoji(marks.reduce((html, [pattern, replacement]) => html.replace(pattern, replacement), words)),
          ),
    )
    .join('');

const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const quoted = /^&gt; ?(.*)$/.exec(line);
      return quoted ? `<blockquote>${inline(quoted[1] ?? '')}</blockquote>` : inline(line);
    })
    .join('<br>')
    .replace(/<br>(?=<blockquote>)|(?<=<\/blockquote>)<br>/g, '');

/** The same with its formatting, or null where there is none. Everything in it is escaped, as it came from Slack. */
export const htmlOf = (mrkdwn: string): string | null => {
  const safe = mrkdwn
    .replace(/<(?![^<>\s][^<>\n]{0,3999}>)/g, '&lt;')
    .replace(/(?<!<[^<>\s][^<>\n]{0,3999})>/g, '&gt;');
  const html = safe
    .split(/(```[^]+?```)/)
    .map((piece) =>
      piece.startsWith('```') && piece.endsWith('```') && piece.length > 6
        ? `<pre>${links(piece.slice(3, -3).replace(/^\n/, ''))}</pre>`
        : lines(piece),
    )
    .join('');
  return /<(strong|em|s|code|pre|blockquote|a)[ >]/.test(html) ? html : null;
};
