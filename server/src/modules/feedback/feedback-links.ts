import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CONFIG, SECRETS } from '../../platform/tokens.ts';
import type { Survey } from './survey.schema.ts';

/** Of 32: enough against guessing for a week, and short enough for a text message. */
const SIGNATURE_BYTES = 16;

/** Addresses of the page on which one customer answers one survey: survey and end, signed. */
@Injectable()
export class FeedbackLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SECRETS) secrets: SecretBox,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.key = secrets.keyFor('feedback-links');
  }

  of({ _id, closesAt }: Pick<Survey, '_id' | 'closesAt'>): string {
    const id = Buffer.from(_id.replaceAll('-', ''), 'hex').toString('base64url');
    const end = Math.ceil(closesAt.getTime() / 1000).toString(36);
    return `${this.config.PUBLIC_URL}/feedback/${id}.${end}.${this.signature(id, end).toString('base64url')}`;
  }

  /** null: nobody of ours has made it. */
  read(token: string, now: Date): { surveyId: string; expired: boolean } | null {
    const [id = '', end = '', signature = '', ...more] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signature(id, end);
    if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const hex = Buffer.from(id, 'base64url').toString('hex');
    const surveyId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    return { surveyId, expired: Number.parseInt(end, 36) * 1000 <= now.getTime() };
  }

  private signature(id: string, end: string): Buffer {
    return createHmac('sha256', this.key).update(`${id}.${end}`).digest().subarray(0, SIGNATURE_BYTES);
  }
}
