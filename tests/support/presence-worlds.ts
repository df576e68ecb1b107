import { silentLog } from '../../server/src/platform/log/log.ts';
import type { Presence } from '../../server/src/platform/presence/index.ts';
import { MemoryPresence } from '../../server/src/platform/presence/memory-presence.ts';
import { openRedisPresence } from '../../server/src/platform/presence/redis/redis-presence.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { removeRedisKeys } from './redis-keys.ts';
import { aNamespace, redisUrl } from './services/index.ts';

/** One presence, and as many processes as a test wants; in memory they are all the same one. */
export interface PresenceWorld {
  join(): Promise<Presence>;
  close(): Promise<void>;
}

export interface RedisPresenceWorld extends PresenceWorld {
  joinByWire(): Promise<{ presence: Presence; cut(): void }>;
  /** Redis forgets all, as after a restart without persistence. */
  forget(): Promise<void>;
}

export async function aMemoryPresenceWorld(): Promise<PresenceWorld> {
  const presence = new MemoryPresence();
  return { join: async () => presence, close: () => presence.close() };
}

export async function aRedisPresenceWorld(): Promise<RedisPresenceWorld> {
  const namespace = aNamespace();
  const undo: (() => Promise<unknown>)[] = [];
  const url = redisUrl()!;
  return {
    async join() {
      const presence = await openRedisPresence({ url, namespace }, silentLog);
      undo.push(() => presence.close());
      return presence;
    },
    async joinByWire() {
      const proxy = new CuttableProxy(new URL(url));
      const presence = await openRedisPresence({ url: await proxy.listen(), namespace }, silentLog);
      undo.push(
        () => proxy.close(),
        () => presence.close(),
      );
      return { presence, cut: () => proxy.cut() };
    },
    forget: () => removeRedisKeys(url, namespace),
    async close() {
      for (const step of undo.reverse()) await step();
      await removeRedisKeys(url, namespace);
    },
  };
}
