import { Redis } from 'ioredis';

/** Removes what a test has left under its namespace. */
export async function removeRedisKeys(url: string, namespace: string): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `${namespace}:*`, count: 500 })) {
    if (keys.length > 0) await redis.del(...(keys as string[]));
  }
  await redis.quit();
}
