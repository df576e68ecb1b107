import { MailParser, type AttachmentStream } from 'mailparser';
import { SniffingDecoder } from './charset.ts';

export interface StreamedMail {
  readonly headerLines: readonly { readonly key: string; readonly line: string }[];
  readonly headers: MailParser['headers'];
  readonly text: string;
  readonly html: string;
}

/** One file at a time: the next one comes when the promise has resolved and the content has been read or abandoned. */
export type OnFile = (file: AttachmentStream, index: number) => Promise<void>;

// No work that we throw away: the texts are derived here, pictures stay where they are. An attached mail is a file, and no
// part of the text around it. `Iconv` is mailparser's hook for decoding text.
const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: false as const,
  Iconv: SniffingDecoder,
};

const chunkBytes = 64 * 1024;

/** Feeds piece by piece, so that a big mail does not hold the event loop for its whole length. */
const feed = async (parser: MailParser, raw: Buffer) => {
  for (let at = 0; at < raw.length; at += chunkBytes) {
    const room = parser.write(raw.subarray(at, at + chunkBytes));
    if (!room) await new Promise<void>((resolve) => parser.once('drain', resolve));
  }
  parser.end();
};

export const streamMail = (raw: Buffer, onFile: OnFile): Promise<StreamedMail> =>
  new Promise((resolve, reject) => {
    const parser = new MailParser(options);
    let count = 0;
    let body = { text: '', html: '' };
    parser.on('error', reject);
    parser.on('data', (data) => {
      if (data.type === 'text') body = { text: data.text ?? '', html: data.html || '' };
      else onFile(data, count++).then(() => data.release?.(), reject);
    });
    parser.on('end', () =>
      resolve({ headerLines: parser.headerLines || [], headers: parser.headers, text: body.text, html: body.html }),
    );
    feed(parser, raw).catch(reject);
  });
