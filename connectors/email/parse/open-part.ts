import { ConnectorError } from '@switchboard/contract';
import { PassThrough, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { streamMail } from './mail-stream.ts';

/** The n-th file of a mail as a stream. The mail is read again; only what the reader takes is decoded ahead. */
export const openPart = (source: string, raw: Buffer): Readable => {
  const wanted = Number(/^part:(\d+)$/.exec(source)?.[1] ?? NaN);
  const out = new PassThrough();
  let found = false;
  const reading = streamMail(raw, async (file, index) => {
    if (index !== wanted) return void file.content.resume();
    found = true;
    await finished(file.content.pipe(out), { readable: false });
  });
  reading
    .then(() => {
      if (!found) out.destroy(new ConnectorError('rejected', `The mail has no file ${source}`));
    })
    .catch((error: Error) => out.destroy(error));
  return out;
};
