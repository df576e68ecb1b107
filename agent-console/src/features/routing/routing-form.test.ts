import { expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type AgentView, type QueueView } from '@switchboard/contract';
import { knownSkills, named, nextStep } from './routing-form.ts';

it('offers each skill once, whoever named it in whichever letters', () => {
  const agent = { skills: [{ name: 'Spanish', level: 3 }] } as AgentView;
  const required = [
    { name: 'spanish', level: 1 },
    { name: 'Billing', level: 1 },
  ];
  const queue = { routing: { ...DEFAULT_QUEUE_ROUTING, required } } as QueueView;
  expect(knownSkills([agent], [queue])).toEqual(['Billing', 'spanish']);
});

it('offers a level less after a minute, then only what is preferred', () => {
  const first = nextStep([]);
  expect([first, nextStep([first])]).toEqual([
    { afterSeconds: 60, lowerBy: 1 },
    { afterSeconds: 180, lowerBy: null },
  ]);
});

it('leaves out the rows that nobody has filled in', () =>
  expect(
    named([
      { name: ' Spanish ', level: 2 },
      { name: ' ', level: 3 },
    ]),
  ).toEqual([{ name: 'Spanish', level: 2 }]));
