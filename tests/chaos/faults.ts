import { setTimeout as delay } from 'node:timers/promises';
import type { Console } from './people/console.ts';
import type { Visitor } from './people/visitor.ts';
import type { Fault, Plan } from './plan.ts';
import type { Centre } from './world/centre.ts';

export interface Scene {
  readonly centre: Centre;
  readonly consoles: readonly Console[];
  readonly visitors: readonly Visitor[];
}

const strike: { [K in Fault['kind']]: (scene: Scene, fault: Extract<Fault, { kind: K }>) => unknown } = {
  'kill-hub': ({ centre }, { hub, stage, pass }) => centre.hubs[hub]?.tell({ what: 'die-at', stage, pass }),
  'kill-database': ({ centre }) => centre.servers.killDatabase(),
  'fill-disk': ({ centre }, { ms }) => centre.servers.fillDisk(ms),
  'restart-broker': ({ centre }, { signal }) => centre.servers.broker.restart(signal),
  'cut-broker': ({ centre }) => centre.servers.broker.cutConnections(),
  'close-broker': ({ centre }) => centre.servers.broker.closeConnections(),
  'flush-redis': ({ centre }) => centre.servers.flushRedis(),
  'restart-redis': ({ centre }, { downMs }) => centre.servers.redis.restart('SIGKILL', downMs),
  'cut-sockets': ({ consoles, visitors }) => [...consoles, ...visitors].forEach((listener) => listener.cut()),
  'change-mood': ({ centre }, { sms, mail }) => {
    centre.phones.mood = sms;
    centre.mail.mood = mail;
  },
};

/** Lets the plan's faults happen at their instants, tells each; resolves when the last is over and nothing is amiss. */
export async function letHappen(plan: Plan, scene: Scene, tell: (line: string) => void): Promise<void> {
  const start = Date.now();
  await Promise.all(
    plan.faults.map(async ({ atMs, fault }) => {
      await delay(atMs);
      tell(`${((Date.now() - start) / 1000).toFixed(1)} s: ${JSON.stringify(fault)}`);
      await (strike[fault.kind] as (scene: Scene, fault: Fault) => unknown)(scene, fault);
    }),
  );
  await delay(Math.max(start + plan.loadMs - Date.now(), 0));
  const { hubs, phones, mail } = scene.centre;
  phones.mood = 'well';
  mail.mood = 'well';
  for (const hub of hubs) {
    hub.tell({ what: 'live-on' });
    await hub.serving();
  }
}
