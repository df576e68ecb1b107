import { demoPassword, team } from './team.ts';

/** What somebody who has just started the demo wants to know. */
export function signIns(url: string, ways: readonly { how: string; where: string }[]): string {
  const shown = team.slice(0, 3).map(({ role, email }) => `    ${role.padEnd(14)} ${email}`);
  return [
    '',
    '  A small garden shop with 200 past tickets. Its customers are simulated: they write by themselves, and answer you.',
    '',
    `  Sign in at ${url} with the password ${demoPassword}`,
    ...shown,
    '',
    '  Write as a customer yourself',
    ...ways.map(({ how, where }) => `    ${how.padEnd(14)} ${where}`),
    '',
    '',
  ].join('\n');
}
