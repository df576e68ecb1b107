import { describe, expect, it } from '@jest/globals';
import { regionOf, toE164 } from './phone.ts';

describe('toE164', () => {
  it.each<[string, Parameters<typeof toE164>[1], string | null]>([
    ['+49 170 1234567', undefined, '+491701234567'],
    [' +1 (415) 555-0100 ', undefined, '+14155550100'],
    ['0170 1234567', 'DE', '+491701234567'],
    ['(415) 555-0100', 'US', '+14155550100'],
    ['011 44 20 7946 0018', 'US', '+442079460018'],
    ['02 1234 5678', 'IT', '+390212345678'],
    ['＋４４２０７９４６００１８', 'SG', '+442079460018'],
    // Reserved for fiction, in no metadata, and of a possible length.
    ['+15550000001', undefined, '+15550000001'],
    ['0170 1234567', undefined, null],
    ['call +14155550100 now', undefined, null],
    ['+1 415', undefined, null],
    ['Anna', 'DE', null],
    ['', 'DE', null],
  ])('reads %j from %s as %s', (input, region, expected) => {
    expect(toE164(input, region)).toBe(expected);
  });
});

describe('regionOf', () => {
  it('tells the countries of +1 apart', () => {
    expect([regionOf('+12025550123'), regionOf('+16135550123'), regionOf('+491701234567')]).toEqual(['US', 'CA', 'DE']);
  });
});
