import { describe, expect, it } from '@jest/globals';
import { Random } from '../random.ts';
import { adviceFor } from './advice.ts';
import { people } from './people.ts';
import { farewell, stories } from './stories.ts';
import { telling } from './story.ts';

const [person] = people;
const random = new Random(3);

describe('advice', () => {
  it.each(stories.map((story) => [story.subject, story] as const))('knows what to say in “%s”', (_, story) => {
    const { turns } = telling(story, person!, random);
    turns.forEach((said, at) => {
      if (at % 2 === 1) return;
      const advice = adviceFor(`${said}\n\nSent from my phone`, person!.name, random);
      expect(advice.ends).toBe(at + 2 >= turns.length);
      expect(advice.say === null).toBe(turns[at + 1] === undefined);
      expect(advice.say ?? '').not.toMatch(/[{}]/);
    });
  });

  it('keeps to what the customer named', () => {
    const { say } = adviceFor(
      'Can you deliver FF-12345 to a parcel shop? Nobody is at home on Friday.',
      'Lena Hoffmann',
      random,
    );
    expect(say).toContain('Hamburg');
  });

  it('has nothing to say to who has gone, and something to anybody', () => {
    expect(adviceFor(farewell, person!.name, random)).toMatchObject({ say: null, gone: true });
    expect(adviceFor('What is the meaning of life?', 'Somebody', random)).toMatchObject({ ends: false, story: null });
  });
});
