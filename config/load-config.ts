import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { settings, type Config } from './settings.ts';

/** All that is wrong with the settings, one line each. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem';
}

/** Reads `.env` of the folder and the environment; the environment wins. Throws ConfigProblem naming every bad setting. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Config {
  const file = join(folder, '.env');
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...environment };
  // An empty value means unset: that is how compose files and shells leave one out.
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const result = settings.safeParse(present);
  const problems = result.success
    ? []
    : result.error.issues.map(
        (issue) => `${issue.path.join('.')} ${issue.message} (is ${JSON.stringify(shown(present, issue.path))})`,
      );
  if (Boolean(present['ADMIN_EMAIL']) !== Boolean(present['ADMIN_PASSWORD']))
    problems.push('ADMIN_EMAIL and ADMIN_PASSWORD must be set together');
  if (!result.success || problems.length > 0) throw new ConfigProblem(problems.join('\n'));
  return { ...result.data, PUBLIC_URL: result.data.PUBLIC_URL ?? `http://localhost:${result.data.PORT}` };
}

function shown(given: Record<string, string | undefined>, path: PropertyKey[]): string | undefined {
  const name = String(path[0]);
  return /KEY|PASSWORD|URI|URL/.test(name) ? '…' : given[name];
}
