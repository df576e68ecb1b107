import { expect, it } from '@jest/globals';
import type { PolicySettings } from '@switchboard/contract';
import { matchPolicy, type Matched } from './match-policy.ts';

type Asked = Partial<PolicySettings['when']>;
const policy = (name: string, when: Asked, active = true) => ({
  name,
  active,
  when: { queueIds: [], priorities: [], tags: [], attributes: [], ...when },
});
const ticket: Matched = {
  queueId: 'billing',
  priority: 'high',
  tags: ['VIP'],
  attributes: { Plan: 'Gold', country: 'DE' },
};

it.each<[string, Asked, boolean]>([
  ['nothing asked', {}, true],
  ['its queue', { queueIds: ['sales', 'billing'] }, true],
  ['another queue', { queueIds: ['sales'] }, false],
  ['its priority', { priorities: ['high', 'urgent'] }, true],
  ['another priority', { priorities: ['urgent'] }, false],
  ['one of its tags, in whatever case', { tags: ['vip', 'press'] }, true],
  ['no tag of its own', { tags: ['press'] }, false],
  ['its customer’s segment', { attributes: [{ name: 'plan', values: ['silver', 'gold'] }] }, true],
  ['another segment', { attributes: [{ name: 'plan', values: ['silver'] }] }, false],
  ['an attribute that the customer has not', { attributes: [{ name: 'size', values: ['1'] }] }, false],
  [
    'two attributes of which one differs',
    {
      attributes: [
        { name: 'plan', values: ['gold'] },
        { name: 'country', values: ['FR'] },
      ],
    },
    false,
  ],
  ['its queue and another priority', { queueIds: ['billing'], priorities: ['low'] }, false],
])('fits by %s: %j is %s', (_, when, fits) => {
  expect(matchPolicy([policy('asked', when)], ticket)?.name ?? null).toBe(fits ? 'asked' : null);
});

it('takes the first that is active and fits', () => {
  const policies = [
    policy('off', {}, false),
    policy('other', { queueIds: ['sales'] }),
    policy('one', {}),
    policy('two', {}),
  ];
  expect(matchPolicy(policies, ticket)?.name).toBe('one');
});
