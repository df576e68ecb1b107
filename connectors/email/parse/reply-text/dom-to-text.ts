import { isTag, isText, type AnyNode, type Element } from 'domhandler';

/** What starts on a line of its own; those with 2 also have an empty line around them. */
const blocks: Readonly<Record<string, 1 | 2>> = {
  ...{
    address: 1,
    article: 1,
    aside: 1,
    center: 1,
    dd: 1,
    div: 1,
    dl: 1,
    dt: 1,
    fieldset: 1,
    figcaption: 1,
    figure: 1,
  },
  ...{ footer: 1, form: 1, header: 1, hr: 1, li: 1, main: 1, nav: 1, section: 1, tr: 1, caption: 1 },
  ...{ blockquote: 2, h1: 2, h2: 2, h3: 2, h4: 2, h5: 2, h6: 2, ol: 1, p: 2, pre: 2, table: 1, ul: 1 },
};
const silent = new Set([
  'head',
  'style',
  'script',
  'title',
  'template',
  'noscript',
  'object',
  'iframe',
  'select',
  'svg',
]);

/** Deeper trees come only from broken or hostile senders. */
const maxDepth = 400;

class TextWriter {
  #out = '';
  #pendingBreaks = 0;
  #pendingSpace = false;
  #indent = '';

  word(text: string): void {
    if (this.#out !== '' && this.#pendingBreaks > 0) this.#out += '\n'.repeat(this.#pendingBreaks);
    else if (this.#pendingSpace && this.#out !== '' && !this.#out.endsWith('\n')) this.#out += ' ';
    if (this.#indent && (this.#out === '' || this.#out.endsWith('\n'))) this.#out += this.#indent;
    this.#out += text;
    this.#pendingBreaks = 0;
    this.#pendingSpace = false;
  }

  flowing(text: string): void {
    if (/^[ \t\r\n\f]/.test(text)) this.#pendingSpace = true;
    const words = text.replace(/[ \t\r\n\f]+/g, ' ').trim();
    if (words === '') return;
    this.word(words);
    if (/[ \t\r\n\f]$/.test(text)) this.#pendingSpace = true;
  }

  verbatim(text: string): void {
    text.split('\n').forEach((line, index) => {
      if (index > 0) this.lineBreak();
      if (line !== '') this.word(line);
    });
  }

  block(size: 1 | 2): void {
    this.#pendingBreaks = Math.max(this.#pendingBreaks, size);
    this.#pendingSpace = false;
  }

  lineBreak(): void {
    this.#pendingBreaks += 1;
    this.#pendingSpace = false;
  }

  indented(write: () => void): void {
    const outer = this.#indent;
    this.#indent += '    ';
    write();
    this.#indent = outer;
  }

  toString(): string {
    return this.#out
      .replace(/\u00a0/g, ' ')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }
}

const special: Readonly<Record<string, (element: Element, writer: TextWriter, inside: () => void) => void>> = {
  br: (_element, writer) => writer.lineBreak(),
  li: (_element, writer, inside) => {
    writer.word('-');
    writer.flowing(' ');
    inside();
  },
  td: (_element, writer, inside) => {
    inside();
    writer.flowing(' ');
  },
  img: (element, writer) => {
    // A drawn face or check mark is a word; "image001.png" is none.
    const alt = element.attribs['alt'] ?? '';
    if (alt.length > 0 && alt.length <= 4) writer.flowing(alt);
  },
  blockquote: (_element, writer, inside) => writer.indented(inside),
};

const write = (node: AnyNode, writer: TextWriter, verbatim: boolean, depth: number): void => {
  if (isText(node)) return verbatim ? writer.verbatim(node.data) : writer.flowing(node.data);
  if (!('children' in node) || depth > maxDepth) return;
  const name = isTag(node) ? node.name : '';
  if (silent.has(name)) return;
  const inside = () => node.children.forEach((child) => write(child, writer, verbatim || name === 'pre', depth + 1));
  const size = blocks[name];
  if (size) writer.block(size);
  const own = isTag(node) ? special[name] : undefined;
  if (own && isTag(node)) own(node, writer, inside);
  else inside();
  if (size) writer.block(size);
};

/** As a reader sees it: blocks on their own lines, runs of blanks one blank. A plain blockquote is an indented passage. */
export const domToText = (node: AnyNode): string => {
  const writer = new TextWriter();
  write(node, writer, false, 0);
  return writer.toString();
};
