import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Clock } from '../../platform/clock/clock.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CLOCK, CONFIG, SECRETS } from '../../platform/tokens.ts';

const HOUR_S = 3600;

/** Addresses that open one file without a session, for some time: providers and customers fetch by them. */
@Injectable()
export class MediaLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SECRETS) secrets: SecretBox,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('media-links');
  }

  /** Valid for at least `ttlMs`. The end is rounded up to the hour: the same file keeps its address, and caches hold. */
  sign(mediaId: string, ttlMs: number): string {
    const until = (this.clock.now().getTime() + ttlMs) / 1000;
    const expires = Math.ceil(until / HOUR_S) * HOUR_S;
    const signature = this.signature(mediaId, String(expires)).toString('base64url');
    return `${this.config.PUBLIC_URL}/media/${mediaId}?exp=${expires}&sig=${signature}`;
  }

  /** A picture's address as people outside need it: the hub's own pages know it from their own root. */
  face({ avatarUrl }: { avatarUrl?: string | undefined }): { avatarUrl?: string } {
    return avatarUrl === undefined ? {} : { avatarUrl: new URL(avatarUrl, this.config.PUBLIC_URL).href };
  }

  verify(mediaId: string, { exp = '', sig = '' }: { exp?: string; sig?: string }): 'good' | 'expired' | 'forged' {
    const given = Buffer.from(sig, 'base64url');
    const expected = this.signature(mediaId, exp);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
    return Number(exp) * 1000 <= this.clock.now().getTime() ? 'expired' : 'good';
  }

  private signature(mediaId: string, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${mediaId}.${expires}`).digest();
  }
}
