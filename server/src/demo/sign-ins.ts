import { demoPassword, team } from './team.ts';

const day = (minutes: number): string[] => [
  `  Its days are played, each in ${minutes} minutes, with six colleagues: sign in as supervisor and press g w to watch the floor.`,
  '  They leave work for you while you are ready. DEMO_DAY_MINUTES sets how long a day takes; 0 sends the colleagues home.',
];

/** What somebody who has just started the demo wants to know. */
export function signIns(url: string, ways: readonly { how: string; where: string }[], dayMinutes: number): string {
  const shown = team.slice(0, 3).map(({ role, email }) => `    ${role.padEnd(14)} ${email}`);
  return [
    '',
    '  A small garden shop with 200 past tickets. Its customers are simulated: they write by themselves, and answer you.',
    ...(dayMinutes === 0 ? [] : day(dayMinutes)),
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
