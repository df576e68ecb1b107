import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { HubReply, HubRequest } from '../../platform/http/hub-request.ts';
import type { MediaInfo, MediaStore } from '../../platform/media/media-store.ts';
import { MEDIA } from '../../platform/tokens.ts';
import { byteRange } from './byte-range.ts';
import { isPlayed, mayShowInPlace } from './media-type.ts';

/** Answers with a file: never as a page of ours, whatever it holds. */
@Injectable()
export class SendMedia {
  constructor(@Inject(MEDIA) private readonly media: MediaStore) {}

  /** `headers` are for what differs from a file that only its reader may keep. */
  async run(
    mediaId: string,
    request: HubRequest,
    reply: HubReply,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const info = await this.media.info(mediaId);
    if (info === null) throw new HubError('not-found', 'There is no such file');
    reply.headers({ ...headersOf(info), ...headers });
    // A file never changes under its id.
    if (request.headers['if-none-match'] === etagOf(info)) return void reply.status(304).send();
    const range = isPlayed(info.mimeType) ? byteRange(request.headers.range, info.bytes) : null;
    if (range === 'unsatisfiable')
      return void reply.status(416).header('content-range', `bytes */${info.bytes}`).header('content-length', 0).send();
    if (range === null) return void reply.header('content-length', info.bytes).send(this.media.open(mediaId));
    const { first, last } = range;
    reply.status(206).header('content-range', `bytes ${first}-${last}/${info.bytes}`);
    reply.header('content-length', last - first + 1).send(this.media.open(mediaId, { start: first, end: last + 1 }));
  }
}

const etagOf = ({ mediaId }: MediaInfo) => `"${mediaId}"`;

function headersOf(info: MediaInfo): Record<string, string> {
  const inPlace = mayShowInPlace(info.mimeType);
  return {
    'content-type': inPlace ? info.mimeType : 'application/octet-stream',
    'content-disposition': disposition(inPlace ? 'inline' : 'attachment', info.fileName),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=86400, immutable',
    etag: etagOf(info),
    ...(isPlayed(info.mimeType) && { 'accept-ranges': 'bytes' }),
  };
}

/** RFC 6266: the plain name for old programs, the true one beside it. */
export function disposition(how: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
