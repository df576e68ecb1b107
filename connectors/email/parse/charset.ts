import { Transform, type TransformCallback } from 'node:stream';

const asUtf8 = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const asDeclared = (bytes: Buffer, label: string): string | null => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** ISO-2022-JP is seven-bit, so that it passes for ASCII when nobody declares it. */
const shiftsToJapanese = (bytes: Buffer) => bytes.includes('\x1b$B') || bytes.includes('\x1b$@');

/**
 * Charset labels lie (PEERS.md): what is strictly valid UTF-8 with eight-bit characters is UTF-8, whatever the label says;
 * then the label counts; what fits neither is read as Windows-1252, which every byte fits.
 */
export const decodeSniffed = (bytes: Buffer, label: string): string => {
  if (shiftsToJapanese(bytes)) return new TextDecoder('iso-2022-jp').decode(bytes);
  const wide = /^(utf-?(16|32)|iso-2022|hz)/i.test(label);
  return (wide ? null : asUtf8(bytes)) ?? asDeclared(bytes, label) ?? new TextDecoder('windows-1252').decode(bytes);
};

/** In the shape that mailparser's `Iconv` option wants; it is used for every label but ASCII and UTF-8. */
export class SniffingDecoder extends Transform {
  readonly #label: string;
  readonly #chunks: Buffer[] = [];

  constructor(label: string) {
    super();
    this.#label = label;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(decodeSniffed(Buffer.concat(this.#chunks), this.#label)));
  }
}

const textHeader = /^(content-type:[ \t]*text\/(?:plain|html)[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gim;
const charsetParameter = /charset\s*=\s*(?:"[^"]*"|[^\s;]+)/i;

/**
 * For a mail that says UTF-8 or nothing and is neither: the same mail with its text parts labelled as unknown, so that the
 * next reading sniffs them. Bytes outside of the headers stay as they are.
 */
export const withUnknownCharsets = (raw: Buffer): Buffer => {
  const source = raw.toString('latin1');
  const relabel = (header: string) =>
    charsetParameter.test(header)
      ? header.replace(charsetParameter, 'charset=x-unknown')
      : `${header}; charset=x-unknown`;
  const end = /\r?\n\r?\n/.exec(source)?.index ?? source.length;
  const typed = /^content-type:/im.test(source.slice(0, end));
  const body = source.replace(textHeader, relabel);
  return Buffer.from(typed ? body : `Content-Type: text/plain; charset=x-unknown\r\n${body}`, 'latin1');
};
