import { expect, it } from '@jest/globals';
import { ratingChoice } from '@switchboard/contract';
import { choiceOf, opinionOf, surveyLink } from './opinions.ts';
import { Random } from './random.ts';

it('says now and then how it was, mostly well, sometimes in words', () => {
  const random = new Random(7);
  const all = Array.from({ length: 1000 }, () => opinionOf(random));
  const said = all.flatMap((opinion) => opinion ?? []);
  expect(said.length).toBeGreaterThan(300);
  expect(said.length).toBeLessThan(550);
  expect(new Set(said.map(({ rating }) => rating))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(said.filter(({ rating }) => rating >= 4).length / said.length).toBeGreaterThan(0.6);
  expect(said.some(({ comment }) => comment !== undefined)).toBe(true);
});

it('knows the question by its address and its buttons', () => {
  expect(surveyLink('How was it? Here: http://localhost:3000/feedback/a-b.c1.d_e thanks')).toBe(
    'http://localhost:3000/feedback/a-b.c1.d_e',
  );
  expect(surveyLink('see http://localhost:3000/orders')).toBeUndefined();
  const survey = '01a00000-0000-7000-8000-000000000001';
  const buttons = [{ id: 'other' }, { id: ratingChoice(survey, 2) }, { id: ratingChoice(survey, 5) }];
  expect(choiceOf(buttons, { rating: 5 })).toBe(buttons[2]);
  expect(choiceOf(buttons, { rating: 1 })).toBeUndefined();
});
