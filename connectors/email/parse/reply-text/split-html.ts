import { DomUtils, parseDocument } from 'htmlparser2';
import { isTag, type AnyNode, type Element } from 'domhandler';
import { domToText } from './dom-to-text.ts';
import { splitPlain, type ReplyText } from './split-plain.ts';

const hasClass = (element: Element, pattern: RegExp) => pattern.test(element.attribs['class'] ?? '');
const hasId = (element: Element, pattern: RegExp) => pattern.test(element.attribs['id'] ?? '');
const isCite = (element: Element) => element.name === 'blockquote' && element.attribs['type']?.toLowerCase() === 'cite';

/** How mail programs mark what they quote. `itself` is the quote; `onwards`: the quote is all that follows, too. */
const containers: readonly { readonly takes: 'itself' | 'onwards'; readonly matches: (element: Element) => boolean }[] =
  [
    // Outlook for the web and mobile, Hotmail
    {
      takes: 'onwards',
      matches: (el) =>
        hasId(
          el,
          /^(x_)*(divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|stopSpelling|ms-outlook-mobile-body-separator-line)$/i,
        ),
    },
    { takes: 'onwards', matches: (el) => hasClass(el, /\bOutlookMessageHeader\b/) },
    { takes: 'onwards', matches: (el) => hasId(el, /^(x_)*OLK_SRC_BODY_SECTION$/) },
    // Zimbra
    {
      takes: 'onwards',
      matches: (el) => el.name === 'hr' && (hasId(el, /^zwchr$/) || el.attribs['data-marker'] === '__DIVIDER__'),
    },
    // Gmail; its signature too
    { takes: 'itself', matches: (el) => hasClass(el, /\bgmail_(quote|attr)/) },
    { takes: 'itself', matches: (el) => hasClass(el, /\bgmail_signature\b/) && !hasClass(el, /prefix/) },
    // Thunderbird, Apple Mail, Yahoo, AOL, Proton, QQ, 163, Mail.ru, Yandex, Zoho, Lotus, Front, Superhuman, Missive
    { takes: 'itself', matches: isCite },
    { takes: 'itself', matches: (el) => hasClass(el, /\b(moz-cite-prefix|moz-signature|moz-forward-container)\b/) },
    {
      takes: 'itself',
      matches: (el) =>
        hasClass(
          el,
          /\b(yahoo_quoted|yahoo-quoted-begin|protonmail_quote|protonmail_signature_block|tutanota_quote|zmail_extra|zmail_extra_hr|ntes-mailmaster-quote|front-blockquote|sh-quoted-content|missive_quote|freebirdFormviewerViewFooter|mail_quote|quotetoggle|WordSection1_quote)\b/,
        ),
    },
    {
      takes: 'itself',
      matches: (el) => hasId(el, /^(yahoo_quoted_.*|isReplyContent|mail_android_quote|geary-quote|replySplit)$/i),
    },
    {
      takes: 'itself',
      matches: (el) => hasClass(el, /_cl_(quoted|signature)_|\bmailru-blockquote\b|\bmail-quote-collapse\b/),
    },
  ];

const takeOnwards = (element: Element): AnyNode[] => {
  const taken: AnyNode[] = [element];
  for (let at: AnyNode | null = element; at && !(isTag(at) && at.name === 'body'); at = at.parent)
    for (let next = at.next; next; next = next.next) taken.push(next);
  return taken;
};

/** A plain blockquote is a quote only as the last one of a mail; elsewhere it is how the sender indents. */
const lastPlainBlockquote = (roots: readonly AnyNode[]): Element | null => {
  const outermost = (nodes: readonly AnyNode[]): Element[] =>
    nodes.flatMap((node) => (!isTag(node) ? [] : node.name === 'blockquote' ? [node] : outermost(node.children)));
  return outermost(roots).at(-1) ?? null;
};

type Container = (typeof containers)[number];

/** Most elements say nothing about themselves, so that they are asked nothing. */
const mayBeContainer = (element: Element) =>
  element.attribs['class'] !== undefined ||
  element.attribs['id'] !== undefined ||
  element.name === 'blockquote' ||
  element.name === 'hr';

const collectQuotes = (nodes: readonly AnyNode[], found: [Element, Container][]): [Element, Container][] => {
  for (const node of nodes) {
    if (!isTag(node)) continue;
    const container = mayBeContainer(node) ? containers.find(({ matches }) => matches(node)) : undefined;
    if (container) found.push([node, container]);
    else collectQuotes(node.children, found);
  }
  return found;
};

const detach = (nodes: readonly AnyNode[]): string => {
  const text = nodes.map(domToText).filter(Boolean).join('\n');
  nodes.forEach((node) => DomUtils.removeElement(node as Element));
  return text;
};

export interface HtmlReply extends ReplyText {
  /** The mail program has marked a quote; the split is no guess. */
  readonly marked: boolean;
}

export const splitHtml = (html: string): HtmlReply => {
  const document = parseDocument(html);
  const quotes: string[] = [];
  for (const [element, { takes }] of collectQuotes(document.children, []))
    quotes.push(detach(takes === 'onwards' ? takeOnwards(element) : [element]));
  const marked = quotes.length > 0;
  const last = marked ? null : lastPlainBlockquote(document.children);
  if (last) quotes.push(detach([last]));
  const { own, rest } = splitPlain(domToText(document));
  return { own, rest: [rest, ...quotes].filter(Boolean).join('\n\n'), marked };
};

export const textOfHtml = (html: string): string => domToText(parseDocument(html));
