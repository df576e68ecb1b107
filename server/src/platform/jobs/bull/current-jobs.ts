import type { Queue } from 'bull';

const CLEAR_IF_CURRENT = `
if redis.call('hget', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('hdel', KEYS[1], ARGV[1]) end
return 0`;

/** Which scheduling of a job counts, by name and key. */
export class CurrentJobs {
  constructor(
    private readonly redis: Queue['client'],
    private readonly hash: string,
  ) {}

  get(job: string): Promise<string | null> {
    return this.redis.hget(this.hash, job);
  }

  async set(job: string, token: string): Promise<void> {
    await this.redis.hset(this.hash, job, token);
  }

  /** Unless the job was scheduled anew in the meantime. */
  async clear(job: string, token: string): Promise<void> {
    await this.redis.eval(CLEAR_IF_CURRENT, 1, this.hash, job, token);
  }
}
