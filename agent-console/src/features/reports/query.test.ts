import { expect, it } from '@jest/globals';
import { reportPath, type ReportQuery } from '@switchboard/contract';
import { filterFor, partOf, queryOf, usual, withPart } from './query.ts';

const asked = (search: string) => queryOf(new URLSearchParams(search));

it.each<[string, ReportQuery]>([
  ['', usual],
  ['period=today&by=agent', { ...usual, period: 'today', by: 'agent' }],
  ['channel=sms&clock=business', { ...usual, channel: 'sms', clock: 'business' }],
  ['period=range&from=2026-03-01&to=2026-03-02', { ...usual, period: 'range', from: '2026-03-01', to: '2026-03-02' }],
  ['period=never', usual],
  ['period=range&from=2026-03-02&to=2026-03-01', usual],
  ['channel=sms&by=agent', usual],
])('reads ?%s', (search, query) => expect(asked(search)).toEqual(query));

it('is the same report behind its own address', () => {
  const query = { ...usual, period: 'month' as const, tag: 'late & wet', clock: 'business' as const };
  expect(asked(reportPath(query).split('?')[1] ?? '')).toEqual(query);
});

it('is about one part at a time, and compared by queue then', () => {
  const channel = withPart({ ...usual, by: 'agent' }, { part: 'channel', value: 'sms' });
  expect([channel, partOf(channel)]).toEqual([
    { ...usual, channel: 'sms' },
    { part: 'channel', value: 'sms' },
  ]);
  const tag = withPart(channel, { part: 'tag', value: 'wet' });
  expect([tag, partOf(tag)]).toEqual([
    { ...usual, tag: 'wet' },
    { part: 'tag', value: 'wet' },
  ]);
  expect([withPart(tag, null), partOf(usual)]).toEqual([usual, null]);
  expect([filterFor('queue', 'a'), filterFor('agent', 'b'), filterFor('tag', 'c')]).toEqual([
    { queueId: 'a' },
    { agentId: 'b' },
    { tag: 'c' },
  ]);
});
