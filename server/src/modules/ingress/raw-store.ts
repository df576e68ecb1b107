import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import type { RawRequest } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { WriteBatches } from '../../platform/database/write-batches.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { quickInsertAll } from '../../platform/database/quick.ts';
import { partOf } from '../../platform/database/text-filter.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { CLOCK, MEDIA } from '../../platform/tokens.ts';
import type { StoredRaw } from './raw-request.schema.ts';

/** A document of the database holds 16 MB; well below it the body moves to the media store. */
const LARGEST_INLINE = 256_000;
const KEEP_MS = 30 * 24 * 3_600_000;
/** Of no use to a replay, and nothing to keep. */
const DROPPED_HEADERS = new Set(['cookie', 'authorization', 'proxy-authorization']);

@Injectable()
export class RawStore {
  /** What comes in while a write is under way goes with the next one. */
  private readonly writes: WriteBatches<StoredRaw>;

  constructor(
    @Inject('rawrequests') private readonly raws: Model<StoredRaw>,
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.writes = new WriteBatches((items) => quickInsertAll(raws, items), 100);
  }

  /** `mended`: what a person made of an earlier one that could not be read. */
  async keep(
    _id: string,
    account: { id: string; connectorId: string },
    request: RawRequest,
    mended?: { from: string; attempts: number },
  ): Promise<void> {
    // Typed by a person, it is never large.
    const inline = request.rawBody.length <= LARGEST_INLINE || mended !== undefined;
    if (!inline)
      await this.media.put(
        _id,
        { fileName: 'raw', mimeType: 'application/octet-stream' },
        Readable.from([request.rawBody]),
      );
    await this.writes.add([
      {
        _id,
        channelAccountId: account.id,
        connectorId: account.connectorId,
        method: request.method,
        url: request.url,
        hook: request.hook,
        headers: Object.entries(request.headers).filter(([name]) => !DROPPED_HEADERS.has(name)),
        body: inline ? request.rawBody : null,
        bytes: request.rawBody.length,
        receivedAt: request.receivedAt,
        state: 'kept',
        reason: null,
        attempts: mended?.attempts ?? 1,
        ...(mended !== undefined && { mendedFrom: mended.from }),
        expiresAt: new Date(request.receivedAt.getTime() + KEEP_MS),
      },
    ]);
  }

  async load(rawRef: string): Promise<RawRequest> {
    const raw = await this.raws.findById(rawRef).lean<StoredRaw>();
    if (raw === null) throw new HubError('not-found', 'The raw message is no longer kept');
    return {
      method: raw.method,
      url: raw.url,
      hook: raw.hook,
      headers: Object.fromEntries(raw.headers),
      rawBody: await this.bodyOf(raw),
      receivedAt: raw.receivedAt,
    };
  }

  async bodyOf(raw: StoredRaw): Promise<Buffer> {
    // lean() gives BSON's Binary where a hydrated document would give a Buffer.
    const body = raw.body as Buffer | { buffer: Uint8Array } | null;
    if (body === null) return buffer(this.media.open(raw._id));
    return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer);
  }

  /** It waits for a person, however long that takes. */
  async quarantine(rawRef: string, reason: string): Promise<void> {
    await this.raws.updateOne({ _id: rawRef }, { $set: { state: 'quarantined', reason }, $unset: { expiresAt: 1 } });
  }

  quarantinedCount(most: number): Promise<number> {
    return this.raws.countDocuments({ state: 'quarantined' }, { limit: most }).exec();
  }

  async quarantined(page: {
    before?: string | undefined;
    limit: number;
    channelAccountId?: string | undefined;
    reason?: string | undefined;
  }): Promise<StoredRaw[]> {
    const filter = {
      state: 'quarantined' as const,
      ...(page.before !== undefined && { _id: { $lt: page.before } }),
      ...(page.channelAccountId !== undefined && { channelAccountId: page.channelAccountId }),
      ...(page.reason && { reason: partOf(page.reason) }),
    };
    return this.raws.find(filter, { body: 0 }).sort({ _id: -1 }).limit(page.limit).lean<StoredRaw[]>();
  }

  async quarantinedOne(id: string): Promise<StoredRaw | null> {
    return this.raws.findOne({ _id: id, state: 'quarantined' }).lean<StoredRaw>();
  }

  /** It is decided on; false: somebody was faster. */
  async release(id: string): Promise<boolean> {
    const expiresAt = new Date(this.clock.now().getTime() + KEEP_MS);
    const { modifiedCount } = await this.raws.updateOne(
      { _id: id, state: 'quarantined' },
      { $set: { state: 'kept', reason: null, expiresAt } },
    );
    return modifiedCount === 1;
  }

  async countTry(id: string): Promise<void> {
    await this.raws.updateOne({ _id: id }, { $inc: { attempts: 1 } });
  }

  /** A mended one that can't be read either is not kept beside the one that came in. Gives what is wrong with it. */
  async withdraw(rawRef: string): Promise<string | null> {
    const gone = await this.raws.findOneAndDelete({ _id: rawRef }).lean<StoredRaw>();
    return gone?.reason ?? null;
  }
}
