import { describe, expect, it } from '@jest/globals';
import { ratingChoice, type ContentPart } from '@switchboard/contract';
import { answerOf, readRating } from './survey-answer.ts';

describe('words that answer from 1 to 5', () => {
  it.each([
    ['5', 5],
    [' 4. ', 4],
    ['3!', 3],
    ['5/5', 5],
    ['4 of 5', 4],
    ['4 von 5', 4],
    ['2 stars', 2],
    ['5 Sterne', 5],
    ['5⭐️', 5],
    ['4️⃣', 4],
    ['⭐⭐⭐', 3],
    ['★★★★☆', 4],
    ['5\n\n-- \nJane Doe\nAcme', 5],
  ])('%j is %i alone', (words, rating) => expect(readRating(words)).toEqual({ rating }));

  it.each([
    ['1, it still leaks', 1, 'it still leaks'],
    ['5. Thank you, Ada!', 5, 'Thank you, Ada!'],
    ['2 – nobody called back', 2, 'nobody called back'],
    ['4/5: quick', 4, 'quick'],
    ['1\n\nIt still leaks.\nAgain.', 1, 'It still leaks.\nAgain.'],
  ])('%j is %i, and says more', (words, rating, comment) => expect(readRating(words)).toEqual({ rating, comment }));

  it.each([
    '',
    '0',
    '6',
    '10',
    '55',
    '1.5',
    '4-5',
    '2 of them are broken',
    '5 minutes later it broke',
    'thanks',
    '4-5 days',
  ])('%j is something else', (words) => expect(readRating(words)).toBeNull());
});

describe('an answer to a survey', () => {
  const id = '01a00000-0000-7000-8000-000000000001';
  const other = '01a00000-0000-7000-8000-000000000002';
  const at = new Date('2026-03-02T09:00:00Z');
  const open = { survey: { id, closesAt: new Date(+at + 1) } };
  const closed = { survey: { id, closesAt: at } };
  const text = (words: string): ContentPart => ({ type: 'text', text: words });
  const tap = (survey: string): ContentPart => ({ type: 'choice', id: ratingChoice(survey, 4), label: '4' });
  const alone = { surveyId: id, rating: 4, alone: true };

  it.each([
    ['a digit', [text('4')], open, 'resolved', alone],
    ['a digit of a mail', [text('4'), { type: 'html', html: '<b>4</b>' }], open, 'resolved', alone],
    ['more words', [text('4: ok')], open, 'resolved', { ...alone, comment: 'ok', alone: false }],
    ['a digit where it goes on', [text('4')], open, 'open', null],
    ['a digit too late', [text('4')], closed, 'resolved', null],
    ['a digit unasked', [text('4')], {}, 'resolved', null],
    ['a place', [text('4'), { type: 'location', latitude: 1, longitude: 1 }], open, 'resolved', null],
    ['a tap', [tap(id)], open, 'resolved', alone],
    ['a tap where it goes on', [tap(id)], open, 'open', alone],
    ['a tap on another one', [tap(other)], closed, 'resolved', { ...alone, surveyId: other }],
    ['another tap', [{ type: 'choice', id: 'large' }], open, 'resolved', null],
  ] as const)('%s', (_, parts, thread, status, expected) =>
    expect(answerOf({ parts: [...parts] }, thread, { status }, at)).toEqual(expected),
  );

  it('is given by no machine', () =>
    expect(answerOf({ parts: [text('4')], automatic: 'auto-reply' }, open, { status: 'resolved' }, at)).toBeNull());
});
