import { Inject, Injectable } from '@nestjs/common';
import type { VisitorFrame } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { providerThread, Threads } from '../tickets/index.ts';
import type { Upload } from './upload.schema.ts';

const KEEP_MS = 24 * 3_600_000;
export interface VisitorKey {
  readonly accountId: string;
  readonly visitorId: string;
}

/** A visitor acts on what is theirs: their own files, and messages of their own conversation. */
@Injectable()
export class VisitorRights {
  constructor(
    @Inject('uploads') private readonly uploads: Model<Upload>,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async uploaded({ accountId, visitorId }: VisitorKey, mediaId: string): Promise<void> {
    const expiresAt = new Date(this.clock.now().getTime() + KEEP_MS);
    await this.uploads.create({ _id: mediaId, accountId, visitorId, expiresAt });
  }

  async allow(visitor: VisitorKey, frame: VisitorFrame): Promise<boolean> {
    if (frame.type === 'receipt') return this.ownsMessage(visitor, frame.messageId);
    if (frame.type === 'typing') return true;
    const files = frame.parts.flatMap((part) => (part.type === 'media' ? [part.media.source] : []));
    const owned = await Promise.all(files.map((source) => this.ownsFile(visitor, source)));
    return owned.every(Boolean);
  }

  private async ownsMessage({ accountId, visitorId }: VisitorKey, messageId: string): Promise<boolean> {
    const message = await this.threads.message(messageId);
    if (message === null || message.channelAccountId !== accountId) return false;
    const thread = await this.threads.byId(message.threadId);
    return thread !== null && providerThread(thread).externalId === visitorId;
  }

  private async ownsFile({ accountId, visitorId }: VisitorKey, source: string): Promise<boolean> {
    const mediaId = /^media:(.+)$/.exec(source)?.[1];
    if (mediaId === undefined) return false;
    return (await this.uploads.exists({ _id: mediaId, accountId, visitorId })) !== null;
  }
}
