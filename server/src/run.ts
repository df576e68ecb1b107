import { ConfigProblem, loadConfig, type Config } from '@switchboard/config';
import type { Hub } from './hub.ts';
import { StartProblem } from './platform/errors/start-problem.ts';
import { openLog, type Log } from './platform/log/log.ts';

const GRACE_MS = 25_000;

/** Runs a hub as this process, until it is told to stop. What its user can mend is one line; the rest shows its stack. */
export function run(start: (config: Config, log: Log) => Promise<Hub>): void {
  untilStopped(start).catch((error: unknown) => {
    const mendable = error instanceof ConfigProblem || error instanceof StartProblem;
    process.stderr.write(mendable ? `${error.message}\n` : `${(error as Error).stack ?? String(error)}\n`);
    process.exit(1);
  });
}

async function untilStopped(start: (config: Config, log: Log) => Promise<Hub>): Promise<void> {
  const config = loadConfig();
  const log = openLog(config.LOG_LEVEL, config.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json'));
  process.on('unhandledRejection', (error) => log.error('A rejection was not handled', { error }));
  const hub = await start(config, log);
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info('Stopping: finishing what is in work', { signal });
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    await hub.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  // The promise to whoever started it: one plain line, whatever the log's format.
  process.stdout.write(`Switchboard is ready at ${hub.url}\n`);
}
