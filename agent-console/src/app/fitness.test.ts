import { expect, it } from '@jest/globals';
import { fitness } from './fitness.ts';

const fits = (typed: string, title = 'Go to inbox', keywords = 'tickets mail') => fitness({ title, keywords }, typed);

it('takes everything while nothing is typed', () => expect(fits(' ')).toBeGreaterThan(0));
it.each(['go', 'inb', 'inbox go', 'mail', 'gti', 'Ti'])('finds it by %j', (typed) =>
  expect(fits(typed)).toBeGreaterThan(0),
);
it.each(['nbox', 'go away', 'x'])('does not find it by %j', (typed) => expect(fits(typed)).toBe(0));
it('prefers what begins so', () => expect(fits('go')).toBeGreaterThan(fits('inbox')));
