import { randomBytes } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { namesIn } from '../../../server/src/platform/bus/rabbit/topology.ts';
import { SubscriptionRegistry } from '../../../server/src/platform/bus/subscription-registry.ts';
import { ApiClient } from '../../support/api-client.ts';
import { PASSWORD } from '../../support/hub.ts';
import { removeFromBroker } from '../../support/remove-from-broker.ts';
import { freePort } from '../../support/services/find-services.mjs';
import { Hub } from './hub.ts';
import { MailServer } from './mail-server.ts';
import { PhoneCompany } from './phone-company.ts';
import type { Servers } from './servers.ts';

const ADMIN = 'ada@example.com';

export interface Accounts {
  readonly chat: string;
  readonly sms: string;
  readonly mail: string;
}

/** A centre of several hub processes on the suite's servers, with its providers and one account on each channel. */
export class Centre {
  private constructor(
    readonly servers: Servers,
    readonly hubs: readonly Hub[],
    readonly database: Connection,
    readonly accounts: Accounts,
    readonly phones: PhoneCompany,
    readonly mail: MailServer,
    readonly admin: ApiClient,
    private readonly namespace: string,
  ) {}

  static async open(
    servers: Servers,
    { namespace, folder, clocksMs }: { namespace: string; folder: string; clocksMs: readonly number[] },
  ): Promise<Centre> {
    const secret = randomBytes(32).toString('hex');
    const hubs: Hub[] = [];
    // One after the other, as a deployment does: the first makes the indexes.
    for (const [index, clockMs] of clocksMs.entries()) {
      const port = await freePort();
      const env = environment(servers, { namespace, port, secret, folder });
      hubs.push(await Hub.start({ name: `hub-${index + 1}`, port, folder, env, clockMs }));
    }
    const database = await mongoose.createConnection(servers.database.uri, { dbName: namespace }).asPromise();
    const [phones, mail] = [await PhoneCompany.open(), await MailServer.open()];
    const admin = await firstAdministrator(hubs[0]?.url ?? '');
    const create = async (connectorId: string, settings: object) =>
      (
        await admin.call('channelAccounts.create', {
          body: { connectorId, name: connectorId, settings: settings as Record<string, unknown> },
        })
      ).id;
    const accounts = {
      chat: await create('webchat', {}),
      sms: await create('twilio-sms', phones.settings),
      mail: await create('email', mail.settings),
    };
    phones.reach(() => hubs.map(({ url }) => `${url}/webhooks/${accounts.sms}`));
    return new Centre(servers, hubs, database, accounts, phones, mail, admin, namespace);
  }

  /** Gives what is wrong with how its hubs ended. */
  async close(): Promise<string[]> {
    await Promise.all([this.phones.close(), this.mail.close()]);
    const wrong = await Promise.all(this.hubs.map((hub) => hub.stop()));
    const subscriptions = await new SubscriptionRegistry(this.database).all();
    await removeFromBroker(namesIn(this.namespace), subscriptions, this.servers.amqpUrl);
    await this.database.dropDatabase();
    await this.database.close();
    await this.servers.flushRedis();
    return wrong.flat();
  }
}

function environment(
  { amqpUrl, redisUrl, database }: Servers,
  { namespace, port, secret, folder }: { namespace: string; port: number; secret: string; folder: string },
): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    MONGODB_URI: database.uri,
    AMQP_URL: amqpUrl,
    REDIS_URL: redisUrl,
    NAMESPACE: namespace,
    SECRET_KEY: secret,
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'json',
  };
}

async function firstAdministrator(url: string): Promise<ApiClient> {
  const admin = new ApiClient(url);
  await admin.call('setup.create', {
    body: { organisation: 'Acme', name: 'Ada Lovelace', email: ADMIN, password: PASSWORD },
  });
  return admin;
}
