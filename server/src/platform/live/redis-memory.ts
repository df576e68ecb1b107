import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * Has Redis forgotten what it was told (flushed, or started empty)? A mark of ours stands in it: where that is gone, or is
 * another's since the last look, everything that stood beside it is gone as well.
 */
export class RedisMemory {
  private mark: string | null = null;

  constructor(
    private readonly redis: Redis,
    private readonly key: string,
  ) {}

  /** Since the last time that this was asked. */
  async hasForgotten(): Promise<boolean> {
    await this.redis.set(this.key, randomUUID(), 'NX');
    const mark = await this.redis.get(this.key);
    const forgotten = this.mark !== null && mark !== this.mark;
    this.mark = mark;
    return forgotten;
  }
}
