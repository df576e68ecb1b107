import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planOf, troubles, type Trouble } from './plan.ts';
import { runPlan, type Result } from './run.ts';
import { Servers } from './world/servers.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '15' },
    only: { type: 'string' },
    log: { type: 'string' },
  },
});
const usage = `usage: npm run test:chaos -- [--seed N] [--runs N] [--seconds N] [--only ${troubles.join(',')}] [--log FILE]`;

const lineOf = ({ plan, deaths, received, sent, woken, unknown, seconds, violations, faults }: Result): string =>
  [
    `seed ${plan.seed}: ${violations.length === 0 ? 'held' : `${violations.length} VIOLATIONS`}`,
    `${received} received, ${sent} sent (${unknown} unknown), ${woken} woken, ${faults.length} faults, ${deaths} hub deaths, ${seconds} s`,
    plan.troubles.join(' + '),
  ].join(' · ');

function chosen(): Trouble[] | undefined {
  const names = values.only?.split(',');
  const unknown = names?.find((name) => !troubles.includes(name as Trouble));
  if (unknown !== undefined) throw new Error(`no trouble is called ${unknown}\n${usage}`);
  return names as Trouble[] | undefined;
}

/** The runs, one after the other; answers how many did not hold. */
async function main(): Promise<number> {
  const first = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  const only = chosen();
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-chaos-'));
  const servers = await Servers.start(folder);
  let broken = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void servers.stop().finally(() => process.exit(1)));
  try {
    for (let seed = first; seed < first + Number(values.runs); seed += 1) {
      const plan = planOf(seed, { seconds: Number(values.seconds), ...(only && { only }) });
      process.stdout.write(`seed ${seed} …\n`);
      const result = await runPlan(plan, servers);
      process.stdout.write(`${lineOf(result)}\n`);
      if (values.log !== undefined) await appendFile(values.log, `${new Date().toISOString()} ${lineOf(result)}\n`);
      if (result.violations.length === 0) continue;
      broken += 1;
      process.stdout.write(`${[...result.faults, ...result.violations, `logs: ${result.folder}`].join('\n')}\n`);
    }
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return broken;
}

process.exit((await main()) > 0 ? 1 : 0);
