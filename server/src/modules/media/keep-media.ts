import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { MediaView } from '@switchboard/contract';
import type { NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { LARGEST_UPLOAD } from '../../platform/http/create-http.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { MEDIA, NEW_ID } from '../../platform/tokens.ts';
import { SAMPLE_BYTES, sniffType } from './media-type.ts';

@Injectable()
export class KeepMedia {
  constructor(
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Keeps a file while it streams in; throws HubError 'too-large' and keeps nothing of a larger one. */
  async run(
    file: { mediaId?: string; fileName: string; largest?: number; uploadedBy?: string },
    content: AsyncIterable<Buffer>,
  ): Promise<MediaView> {
    const { mediaId = this.newId(), largest = LARGEST_UPLOAD, uploadedBy } = file;
    const fileName = cleanName(file.fileName);
    const { head, whole } = await peek(content);
    const mimeType = await sniffType(head, fileName);
    const kept = { fileName, mimeType, ...(uploadedBy !== undefined && { uploadedBy }) };
    const { bytes } = await this.media.put(mediaId, kept, Readable.from(upTo(largest, whole)));
    return { mediaId, fileName, mimeType, bytes };
  }
}

/** The first bytes, and the stream as if nobody had looked. */
async function peek(content: AsyncIterable<Buffer>): Promise<{ head: Buffer; whole: AsyncIterable<Buffer> }> {
  const chunks = content[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let done = false;
  while (!done && head.length < SAMPLE_BYTES) {
    const next = await chunks.next();
    done = next.done === true;
    if (!next.done) head = Buffer.concat([head, next.value]);
  }
  async function* whole() {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { head: head.subarray(0, SAMPLE_BYTES), whole: whole() };
}

async function* upTo(largest: number, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > largest)
      throw new HubError('too-large', `The file is larger than ${Math.floor(largest / 1_048_576)} MB`);
    yield chunk;
  }
}

/** The last part of a path, without what breaks a header or a file system. */
export function cleanName(given: string): string {
  const name = given.split(/[/\\]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const plain = name.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return plain === '' || plain === '.' || plain === '..' ? 'file' : shortened(plain, 200);
}

function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, length - extension.length) + extension;
}
