import type { Config } from '@switchboard/config';
import { Day, pastConversations, Random, shop, World } from '@switchboard/connectors/simulator';
import { startHub, type Hub } from '../hub.ts';
import { SetUp } from '../modules/agents/sessions/set-up.ts';
import { FlowTimes } from '../modules/flow/index.ts';
import { SaveAccount } from '../modules/channels/save-account.ts';
import { Queues } from '../modules/queues/index.ts';
import { StartProblem } from '../platform/errors/start-problem.ts';
import { requireFreePort } from '../platform/http/free-port.ts';
import type { Log } from '../platform/log/log.ts';
import { BackOffice } from './back-office.ts';
import { DemoFolder } from './demo-folder.ts';
import { demoAdministrator, furnish, keepPace } from './furnish.ts';
import { bringArrivals } from './past-arrivals.ts';
import { writeStateSpells } from './past-spells.ts';
import { Relive } from './relive.ts';
import { signIns } from './sign-ins.ts';
import { play } from './staff/play.ts';

const TICKETS = 200;
const FOUNDED_MS = 40 * 86_400_000;
const SEED = 20_261;

type AccountIds = Readonly<Record<string, string>>;
type Say = (text: string) => void;

/** The hub with a believable centre in it, and customers who are played. */
export async function startDemo(config: Config, log: Log, say: Say): Promise<Hub> {
  const folder = new DemoFolder(config.DATA_DIR);
  const known = folder.accounts();
  await requireFreePort(config.PORT, config.HOST);
  const world = await World.open(new Random(Date.now()), (sentence, fields) => log.warn(sentence, fields));
  const end = new AbortController();
  let played: Promise<void> = Promise.resolve();
  let hub: Hub;
  try {
    const minutes = config.DEMO_DAY_MINUTES;
    const { accounts, queueIds } = await prepare(config, log, { world, folder, known, say });
    hub = await startHub(config, log);
    const reached = { url: config.PUBLIC_URL, accounts };
    say(signIns(config.PUBLIC_URL, world.ways(reached), minutes));
    const day = minutes === 0 ? null : new Day(minutes);
    world.begin(reached, day);
    if (day !== null) played = play({ ...{ url: hub.url, day, queueIds, say }, signal: end.signal, log });
  } catch (error) {
    await world.end();
    throw error;
  }
  return {
    url: hub.url,
    async stop() {
      end.abort();
      await Promise.all([world.end(), played]);
      await hub.stop();
    },
  };
}

interface Making {
  readonly world: World;
  readonly folder: DemoFolder;
  readonly known: AccountIds | null;
  readonly say: Say;
}

interface Prepared {
  readonly accounts: AccountIds;
  readonly queueIds: ReadonlyMap<string, string>;
}

/** Makes the centre where there is none yet, and tells its accounts where the world's servers listen this time. */
async function prepare(config: Config, log: Log, { world, folder, known, say }: Making): Promise<Prepared> {
  const office = await BackOffice.open(config, log);
  try {
    const made = known ?? (await make(office, config, { world, folder, known, say }));
    const minutes = config.DEMO_DAY_MINUTES;
    await keepPace(office, minutes === 0 ? null : new Day(minutes));
    const queueIds = new Map((await office.the(Queues).all()).map(({ id, name }) => [name, id]));
    const accounts = known === null ? made : await renew(office, world, known, queueIds);
    if (Object.keys(accounts).length > Object.keys(made).length) folder.write(accounts);
    return { accounts, queueIds };
  } finally {
    await office.close();
  }
}

/** Of a centre that was made before: with what has come to the world since. */
async function renew(
  office: BackOffice,
  world: World,
  known: AccountIds,
  queueIds: Prepared['queueIds'],
): Promise<AccountIds> {
  const accounts = { ...known };
  const save = office.the(SaveAccount);
  for (const { key, queue, ...account } of world.accounts) {
    const id = known[key];
    const { settings } = account;
    if (id !== undefined) await save.update(demoAdministrator, id, { settings });
    else accounts[key] = (await save.create(demoAdministrator, { ...account, queueId: queueIds.get(queue) }))._id;
  }
  return accounts;
}

async function make(office: BackOffice, config: Config, { world, folder, say }: Making): Promise<AccountIds> {
  if (!(await office.the(SetUp).needed()))
    throw new StartProblem(
      'The database holds a centre that is not the demo: leave MONGODB_URI out, or change NAMESPACE.',
    );
  say(`Making a centre with ${TICKETS} past tickets …\n`);
  const started = performance.now();
  folder.write(null);
  const now = new Date();
  const founded = new Date(now.getTime() - FOUNDED_MS);
  const centre = await office.clock.at(founded, () => furnish(office, shop.name, world.accounts));
  await bringArrivals(office, centre, now, new Random(SEED));
  const webhookUrlOf = (key: string) => `${config.PUBLIC_URL}/webhooks/${centre.accountIds[key]}`;
  const past = pastConversations(TICKETS, { now, random: new Random(SEED), webhookUrlOf });
  const life = new Relive(office, centre, new Random(SEED));
  await life.all(past);
  await office.model('handlingspells').insertMany(life.handled);
  await writeStateSpells(office, centre, now);
  // The past was written, not lived: its times say nothing of how fast this hub is.
  await office.the(FlowTimes).forget();
  folder.write(centre.accountIds);
  say(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return centre.accountIds;
}
