// Plain JavaScript, because jest loads its global set-up without a transform.
import { execFile, spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @typedef {{ value: string, stop?: () => Promise<void> }} Found
 * @typedef {{ name: string, variable: string, debian: string, local(): Promise<Found | null>, start(): Promise<Found | null> }} Service
 */

/** @type {Service[]} */
export const services = [
  {
    name: 'RabbitMQ',
    variable: 'AMQP_URL',
    debian: 'rabbitmq-server',
    local: () => answering(5672, 'AMQP\0\0\x09\x01', '\x01', 'amqp://guest:guest@127.0.0.1:5672'),
    start: startRabbit,
  },
  {
    name: 'Redis',
    variable: 'REDIS_URL',
    debian: 'redis-server',
    local: () => answering(6379, 'PING\r\n', '+PONG', 'redis://127.0.0.1:6379'),
    start: startRedis,
  },
  {
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    debian: 'chromium',
    local: async () => null,
    start: async () => {
      const path = await onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
      return path ? { value: path } : null;
    },
  },
];

/**
 * The environment's, else what answers on the default port, else a binary started for this run, else installed first.
 * @param {Service} service
 * @returns {Promise<Found | null>}
 */
export async function find(service) {
  const given = process.env[service.variable];
  if (given) return { value: given };
  const found = (await service.local()) ?? (await service.start());
  if (found || !(await install(service.debian))) return found;
  return (await service.local()) ?? (await service.start());
}

/** @param {string} debianPackage */
async function install(debianPackage) {
  const isDebian = await access('/etc/debian_version').then(
    () => true,
    () => false,
  );
  if (!isDebian || process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', debianPackage], {
      env,
      maxBuffer: 2 ** 26,
    });
    return true;
  } catch (error) {
    console.error(`apt-get could not install ${debianPackage}: ${/** @type {Error} */ (error).message}`);
    return false;
  }
}

async function startRabbit() {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-rabbitmq-'));
  const command = await rabbitCommand(folder, await freePort());
  if (!command) return null;
  const { binary, env, url, probe, forget } = command;
  const child = launch(binary, [], folder, env);
  const stop = async () => {
    await child.stop();
    await forget();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return untilAnswering({ value: url, stop }, probe, child);
}

/**
 * How to run a RabbitMQ of one's own, all of it in `folder` and on the loopback; null where there is none to run.
 * @param {string} folder @param {number} port
 */
export async function rabbitCommand(folder, port) {
  // Debian's /usr/sbin/rabbitmq-server changes to the system's rabbitmq user; the script behind it does not.
  const binary = await onPath('/usr/lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server');
  if (!binary) return null;
  const [distributionPort, epmdPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `switchboard${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const probe = () => answering(port, 'AMQP\0\0\x09\x01', '\x01', url);
  // Erlang's port mapper outlives the node, and does not go before it has noticed that the node is gone.
  const forget = async () => {
    for (let tries = 0; tries < 50; tries += 1, await delay(100)) {
      const said = await run('epmd', ['-kill'], { env }).catch((error) => error);
      if (!/not allowed/.test(`${said.stdout}${said.stderr}`)) return;
    }
  };
  /** @param {string[]} command */
  const control = (...command) => run(join(dirname(binary), 'rabbitmqctl'), command, { env, timeout: 20_000 });
  return { binary, env, url, probe, forget, control };
}

async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-redis-'));
  const command = await redisCommand(folder, await freePort());
  if (!command) return null;
  const { binary, parameters, url, probe } = command;
  const child = launch(binary, parameters, folder, process.env);
  const stop = async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return untilAnswering({ value: url, stop }, probe, child);
}

/**
 * A Redis of one's own, which keeps nothing; null where there is none to run.
 * @param {string} folder @param {number} port
 */
export async function redisCommand(folder, port) {
  const binary = await onPath('redis-server');
  if (!binary) return null;
  const parameters = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const url = `redis://127.0.0.1:${port}`;
  return { binary, parameters, url, probe: () => answering(port, 'PING\r\n', '+PONG', url) };
}

/**
 * In a process group of its own, so that a server's own children end with it.
 * @param {string} binary @param {string[]} parameters @param {string} cwd @param {NodeJS.ProcessEnv} env
 */
export function launch(binary, parameters, cwd, env) {
  const child = spawn(binary, parameters, { cwd, env, stdio: 'ignore', detached: true });
  let ended = false;
  process.once('exit', () => {
    if (!ended && child.pid) process.kill(-child.pid, 'SIGKILL'); // when the run ends without its tear-down
  });
  const end = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  }).then(() => (ended = true));
  return {
    ended: () => ended,
    /** @param {NodeJS.Signals} [signal] */
    async stop(signal = 'SIGTERM') {
      if (!ended && child.pid) process.kill(-child.pid, signal);
      await end;
    },
  };
}

/**
 * @param {Found} found @param {() => Promise<Found | null>} probe @param {{ ended(): boolean }} child
 * @returns {Promise<Found | null>}
 */
async function untilAnswering(found, probe, child) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !child.ended(); await delay(200)) {
    if (await probe()) return found;
  }
  await found.stop?.();
  return null;
}

/**
 * Says the protocol's first word: a port that is open may belong to anything.
 * @param {number} port @param {string} greeting @param {string} answer @param {string} url
 * @returns {Promise<Found | null>}
 */
function answering(port, greeting, answer, url) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(greeting, 'latin1'));
    const settle = (/** @type {Found | null} */ found) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(2_000, () => settle(null));
    socket.once('error', () => settle(null));
    socket.once('close', () => settle(null));
    socket.once('data', (data) => settle(data.toString('latin1').startsWith(answer) ? { value: url } : null));
  });
}

/** @param {string[]} names */
async function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of names) {
    for (const path of name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))) {
      if (
        await access(path, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return path;
    }
  }
  return null;
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
