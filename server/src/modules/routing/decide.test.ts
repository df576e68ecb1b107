import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type AgentState, type RoutingMethod } from '@switchboard/contract';
import { decide, type Ask, type Candidate } from './decide.ts';
import type { ReadyAgent } from './methods.ts';

const { webchat, voice } = DEFAULT_CAPACITY.channels;
const now = new Date('2026-03-02T10:00:00Z');
const spanish = { name: 'Spanish', level: 3 };
const ready = (
  name: string,
  used: number,
  { exclusive = false, ...own }: Partial<ReadyAgent> & { exclusive?: boolean } = {},
): Candidate => ({
  agent: { id: name, name },
  state: 'ready',
  skills: [],
  pausedChannels: [],
  load: { used, exclusive },
  capacity: 5,
  givenAt: 0,
  idleSince: 0,
  ...own,
});
const not = (name: string, state: Exclude<AgentState, 'ready'>): Candidate => ({ agent: { id: name, name }, state });
const ask = (method: RoutingMethod = 'least-loaded', other: Partial<Ask> = {}): Ask => ({
  channel: 'webchat',
  weighs: webchat,
  method,
  needs: { required: [], preferred: [] },
  lastAgentId: null,
  now,
  ...other,
});
const winnerOf = (...candidates: Candidate[]) => decide(candidates, ask()).winner?.name ?? null;

describe('the routing', () => {
  it('takes of whose capacity the least is used', () =>
    expect(winnerOf(ready('Ada', 3), ready('Bo', 1), ready('Cy', 2))).toBe('Bo'));

  it('sees that two of ten is less than one of three', () =>
    expect(winnerOf(ready('Ada', 1, { capacity: 3 }), ready('Bo', 2, { capacity: 10 }))).toBe('Bo'));

  it('takes between equals who got work longest ago', () =>
    expect(winnerOf(ready('Ada', 1, { givenAt: 200 }), ready('Bo', 1, { givenAt: 100 }))).toBe('Bo'));

  it('takes nobody who is not ready, has too much, or is on a call', () =>
    expect(
      winnerOf(not('Ada', 'away'), ready('Bo', 4.5), not('Cy', 'offline'), ready('Di', 1, { exclusive: true })),
    ).toBeNull());

  it('gives nothing to who is wrapping up or takes none of the channel now, and says so', () => {
    const { winner, candidates } = decide(
      [not('Ada', 'wrap-up'), ready('Bo', 0, { pausedChannels: ['webchat'] }), ready('Cy', 4.5)],
      ask(),
    );
    expect(winner).toBeNull();
    expect(candidates.map(({ agent, removedBy }) => [agent.name, removedBy])).toEqual([
      ['Cy', 'full'],
      ['Bo', 'channel'],
      ['Ada', 'wrap-up'],
    ]);
    expect(winnerOf(ready('Bo', 0, { pausedChannels: ['sms', 'voice'] }))).toBe('Bo');
  });

  it('gives a call to who has nothing else', () =>
    expect(
      decide([ready('Ada', 0.34), ready('Bo', 0)], ask('least-loaded', { channel: 'voice', weighs: voice })).winner
        ?.name,
    ).toBe('Bo'));

  const team = [
    ready('Ada', 3, { givenAt: 50, idleSince: 500, skills: [{ name: 'Spanish', level: 5 }] }),
    ready('Bo', 1, { givenAt: 90, idleSince: 300, skills: [{ name: 'Spanish', level: 3 }] }),
    ready('Cy', 2, { givenAt: 70, idleSince: 100, skills: [{ name: 'Spanish', level: 1 }] }),
  ];
  const preferring = { needs: { required: [], preferred: [{ name: 'Spanish', level: 1 }] } };
  it.each<[RoutingMethod, Partial<Ask>, string]>([
    ['least-loaded', {}, 'Bo'],
    ['longest-idle', {}, 'Cy'],
    ['round-robin', {}, 'Ada'],
    ['best-skill', preferring, 'Ada'],
    ['last-agent', { lastAgentId: 'Ada' }, 'Ada'],
    ['last-agent', { lastAgentId: 'somebody else' }, 'Bo'],
    ['last-agent', { lastAgentId: null }, 'Bo'],
  ])('chooses by %s %o', (method, other, winner) => expect(decide(team, ask(method, other)).winner?.name).toBe(winner));

  it('takes the last agent only if able and there', () => {
    const full = ready('Ada', 5);
    expect(decide([full, ready('Bo', 4)], ask('last-agent', { lastAgentId: 'Ada' })).winner?.name).toBe('Bo');
  });

  it('lets who lacks a required skill have nothing, and says which', () => {
    const needs = { required: [spanish], preferred: [] };
    const { winner, candidates } = decide(team.slice(2), ask('least-loaded', { needs }));
    expect(winner).toBeNull();
    expect(candidates[0]).toMatchObject({ removedBy: 'skill', missing: { name: 'Spanish', level: 3, has: 1 } });
  });

  it('takes who has the preferred skills first, whatever their load', () => {
    const needs = { required: [], preferred: [spanish] };
    expect(decide(team, ask('least-loaded', { needs })).winner?.name).toBe('Bo');
    expect(decide(team.toSpliced(1, 1), ask('least-loaded', { needs })).winner?.name).toBe('Ada');
  });

  it('says of each what ruled them out, and who comes closest first', () => {
    const { candidates } = decide([not('Ada', 'offline'), ready('Bo', 5), ready('Cy', 4)], ask());
    expect(candidates).toEqual([
      { agent: { id: 'Cy', name: 'Cy' }, removedBy: null, score: 0.8, load: { used: 4, capacity: 5 } },
      { agent: { id: 'Bo', name: 'Bo' }, removedBy: 'full', score: 1, load: { used: 5, capacity: 5 } },
      { agent: { id: 'Ada', name: 'Ada' }, removedBy: 'offline', score: null },
    ]);
  });

  it('keeps a bounded number and says how many more there were', () => {
    const { candidates, omitted } = decide(
      Array.from({ length: 33 }, (_, index) => ready(`${index}`, index)),
      ask(),
    );
    expect([candidates.length, omitted]).toEqual([20, 13]);
  });
});
