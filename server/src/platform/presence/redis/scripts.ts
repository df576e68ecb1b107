import type { Redis } from 'ioredis';

/*
 * Time is Redis's own in all of them, so that the clocks of the processes need not agree.
 */
const NOW = `local t = redis.call('time')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
`;

/** A scope is a sorted set of its connections by when they run out; it lives as long as the last of them. */
const PRESENCE_ENTER = `${NOW}
local ends = now + ARGV[2]
redis.call('zadd', KEYS[1], ends, ARGV[1])
local last = redis.call('zrevrange', KEYS[1], 0, 0, 'withscores')
redis.call('pexpireat', KEYS[1], last[2])`;

const PRESENCE_MEMBERS = `${NOW}
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
return redis.call('zrange', KEYS[1], 0, -1)`;

const LEASE_RENEW = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0`;

const LEASE_RELEASE = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`;

/** The bucket holds one entry per time that it was taken from. Answers 0, or how long to wait. */
const RATE_TAKE = `${NOW}
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('zremrangebyscore', KEYS[1], '-inf', now - window)
local taken = redis.call('zcard', KEYS[1])
if taken < limit then
  redis.call('zadd', KEYS[1], now, ARGV[3])
  redis.call('pexpire', KEYS[1], window)
  return 0
end
local oldest = redis.call('zrange', KEYS[1], taken - limit, taken - limit, 'withscores')[2] or now
return math.max(oldest + window - now, 1)`;

/** A client with our scripts as its commands; ioredis sends their text once and their hash from then on. */
export interface PresenceCommands {
  presenceEnter(scope: string, connection: string, ttlMs: number): Promise<null>;
  presenceMembers(scope: string): Promise<string[]>;
  leaseRenew(lease: string, token: string, ttlMs: number): Promise<0 | 1>;
  leaseRelease(lease: string, token: string): Promise<0 | 1>;
  rateTake(bucket: string, limit: number, windowMs: number, entry: string): Promise<number>;
}

const scripts: Record<keyof PresenceCommands, string> = {
  presenceEnter: PRESENCE_ENTER,
  presenceMembers: PRESENCE_MEMBERS,
  leaseRenew: LEASE_RENEW,
  leaseRelease: LEASE_RELEASE,
  rateTake: RATE_TAKE,
};

export function withScripts(redis: Redis): Redis & PresenceCommands {
  for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { lua, numberOfKeys: 1 });
  return redis as Redis & PresenceCommands;
}
