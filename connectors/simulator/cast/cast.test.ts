import { describe, expect, it } from '@jest/globals';
import { Random } from '../random.ts';
import { people } from './people.ts';
import { stories } from './stories.ts';
import { telling } from './story.ts';

describe('the cast', () => {
  it.each(['name', 'email', 'phone'] as const)('has no two people of one %s', (field) => {
    expect(new Set(people.map((person) => person[field])).size).toBe(people.length);
  });

  it('has addresses and numbers that reach nobody', () => {
    for (const { email, phone } of people) {
      expect(email).toMatch(/^[a-z.]+@mail\.example$/);
      expect(phone).toMatch(/^\+(447700900\d{3}|12025550\d{3}|4917139200\d{2}|3363998\d{4})$/);
    }
  });

  it('has something to say on every channel', () => {
    for (const medium of ['chat', 'mail', 'sms'] as const)
      expect(stories.filter(({ on }) => on.includes(medium)).length).toBeGreaterThan(8);
  });

  it.each(stories.map((story) => [story.subject, story] as const))('tells “%s” without a gap', (_, story) => {
    const told = telling(story, people[0]!, new Random(1));
    expect([told.subject, ...told.turns, told.note].join(' ')).not.toMatch(/[{}]/);
    // A text message of the agent must fit what the channel takes.
    for (const turn of told.turns) expect(turn.length).toBeLessThan(480);
  });
});
