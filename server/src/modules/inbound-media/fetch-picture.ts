import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorError } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { within } from '../../platform/clock/within.ts';
import type { Log } from '../../platform/log/log.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { CLOCK, LOG, MEDIA } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { Customers, isDue, Pictures, sourceKey, type Picture, type PictureOffered } from '../customers/index.ts';
import { sniffType } from '../media/index.ts';

const LARGEST = 1_048_576;
const PATIENCE_MS = 10_000;
const taken = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

/** Brings a customer's picture into the hub; the one before it goes. What can't be had now is tried again with a later message. */
@Injectable()
export class FetchPicture {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(Pictures) private readonly pictures: Pictures,
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** `mediaId`: what a new picture is kept as, the same for the same offer: one that is cut off goes on where it was. */
  async run(offered: PictureOffered, mediaId: string): Promise<void> {
    const { customerId, source } = offered;
    const customer = await this.customers.byId(customerId);
    if (customer === null) return;
    const { picture: before } = customer;
    if (before !== undefined && (before.mediaId === mediaId || !isDue(before, source, this.clock.now())))
      return this.follow(customerId, before);
    const tried = { source: sourceKey(source), at: this.clock.now() };
    const now = await this.fetched(offered, mediaId, before).catch((error: unknown) => {
      this.log.info('A customer’s picture could not be fetched', { customerId, error });
      // What is refused for good leaves initials; what fails for now, what was there.
      const gone = error instanceof ConnectorError && error.code === 'rejected';
      return { mediaId: null, digest: null, ...(gone ? {} : before), failed: true };
    });
    const replaces = before?.mediaId !== now.mediaId ? (before?.mediaId ?? null) : null;
    const picture: Picture = { ...now, ...tried, replaces };
    await this.pictures.keep(customerId, picture);
    await this.follow(customerId, picture);
  }

  private async fetched(
    { channelAccountId, source }: PictureOffered,
    mediaId: string,
    before: Picture | undefined,
  ): Promise<Pick<Picture, 'mediaId' | 'digest' | 'failed'>> {
    const open = await this.channels.open(channelAccountId);
    if (open?.channel.openMedia === undefined) throw new Error('The channel is off, or fetches no files');
    const content = await read(open.channel.openMedia(source, noRequest));
    const digest = createHash('sha256').update(content).digest('hex');
    if (before?.mediaId && before.digest === digest) return { mediaId: before.mediaId, digest, failed: false };
    const mimeType = await sniffType(content, '');
    if (!taken.has(mimeType)) throw new ConnectorError('rejected', `It is no picture but ${mimeType}`);
    await this.media.put(mediaId, { fileName: 'picture', mimeType }, Readable.from([content]));
    return { mediaId, digest, failed: false };
  }

  /** Again, where it may have been cut off. */
  private async follow(customerId: string, { failed, replaces }: Picture): Promise<void> {
    if (!failed || replaces !== null) await this.pictures.tellChanged(customerId);
    if (replaces !== null && (await this.media.info(replaces)) !== null) await this.media.remove(replaces);
  }
}

const noRequest = () => Promise.reject(new Error('A picture came in no request'));

/** Throws past the size or the time that a picture may take. */
async function read(opening: Promise<Readable>): Promise<Buffer> {
  try {
    return await within(PATIENCE_MS, whole(opening));
  } catch (error) {
    // What still waits for the provider ends by the channel's own time-out.
    void opening.then(
      (content) => content.destroy(),
      () => undefined,
    );
    throw error;
  }
}

async function whole(opening: Promise<Readable>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of (await opening) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST) throw new ConnectorError('rejected', 'It is larger than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
