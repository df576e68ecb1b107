import { z } from 'zod';

const url = (protocols: readonly string[], what: string) =>
  z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}://`)), {
    message: `must be ${what}, such as ${protocols[0]}://user:password@host/`,
  });
const flag = z
  .enum(['true', 'false', '1', '0', ''], { message: 'must be true or false' })
  .transform((text) => text === 'true' || text === '1');

/** Every setting of the hub, in the order of .env.example (which is made from this table). */
export const settings = z.object({
  PORT: z.coerce
    .number({ message: 'must be a port number, 0 to 65535' })
    .int()
    .min(0)
    .max(65535)
    .default(3000)
    .describe('HTTP port of console, API, webhooks and widget.'),
  HOST: z.string().min(1).default('0.0.0.0').describe('Address to listen on.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: 'must be a URL such as https://help.example.com' })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .describe(
      'How browsers and providers reach the hub. Needed behind a proxy: providers sign this URL. Default http://localhost:PORT.',
    ),
  TRUST_PROXY: flag.default(false).describe('true behind a reverse proxy that sets X-Forwarded-For and -Proto.'),
  DATA_DIR: z.string().min(1).default('./data').describe('Where the embedded database and generated keys live.'),
  ROLE: z
    .enum(['all', 'api', 'worker'], { message: 'must be all, api or worker' })
    .default('all')
    .describe('What this process does: all, api (HTTP and sockets) or worker (the bus and jobs).'),
  MONGODB_URI: url(['mongodb', 'mongodb+srv'], 'a MongoDB URI')
    .optional()
    .describe('MongoDB. Unset: the embedded database in DATA_DIR.'),
  AMQP_URL: url(['amqp', 'amqps'], 'an AMQP URL')
    .optional()
    .describe('RabbitMQ. Unset: a bus in the process, durable in the database.'),
  REDIS_URL: url(['redis', 'rediss'], 'a Redis URL')
    .optional()
    .describe('Redis for jobs, presence, locks and socket fan-out. Unset: in the process.'),
  NAMESPACE: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -')
    .default('switchboard')
    .describe('Prefix of database, queue and key names, so that several centres can share servers.'),
  SECRET_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hex digits; make one with: openssl rand -hex 32')
    .optional()
    .describe(
      'Encrypts channel secrets. Unset: made once beside the data (mode 0600). Several processes on several machines need it set.',
    ),
  ADMIN_EMAIL: z
    .email('must be an e-mail address')
    .optional()
    .describe('Makes the first administrator without the browser, with ADMIN_PASSWORD.'),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional().describe('At least 10 characters.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { message: 'must be debug, info, warn or error' })
    .default('info')
    .describe('debug, info, warn or error.'),
  LOG_FORMAT: z
    .enum(['pretty', 'json'], { message: 'must be pretty or json' })
    .optional()
    .describe('json for machines; default pretty on a terminal, else json.'),
  DEMO_DAY_MINUTES: z.coerce
    .number({ message: 'must be minutes, 0 to 1440' })
    .min(0, 'must be minutes, 0 to 1440')
    .max(1440, 'must be minutes, 0 to 1440')
    .default(15)
    .describe(
      'Of npm run demo: how long a played day takes, with customers and colleagues. 0: a quiet shop without them.',
    ),
});
export type Settings = z.infer<typeof settings>;

export interface Config extends Settings {
  readonly PUBLIC_URL: string;
}
