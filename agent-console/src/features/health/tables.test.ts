import { expect, it } from '@jest/globals';
import type { FlowReport } from '@switchboard/contract';
import { tablesOf } from './tables.ts';

const row = (channel: 'sms' | 'email', direction: 'in' | 'out', stage: FlowReport['stages'][number]['stage']) => ({
  ...{ channel, direction, stage },
  ...{ n: 1, p50Ms: 1, p95Ms: 1 },
});

it('makes a table of each channel and direction, in the order of the flow', () => {
  const tables = tablesOf([row('sms', 'in', 'total'), row('email', 'out', 'sent'), row('sms', 'in', 'verified')]);
  expect(tables.map(({ channel, direction, rows }) => [channel, direction, rows.map(({ stage }) => stage)])).toEqual([
    ['sms', 'in', ['verified', 'total']],
    ['email', 'out', ['sent']],
  ]);
});
