import { describe, expect, it } from '@jest/globals';
import { smsSegments } from './sms-segments.ts';
import type { SmsSegments } from './sms-segments.ts';

const a = (count: number) => 'a'.repeat(count);

describe('smsSegments', () => {
  it.each<[string, string, Partial<SmsSegments>]>([
    ['an empty text', '', { encoding: 'GSM-7', segments: 0, length: 0, remaining: 160 }],
    ['one letter', 'a', { encoding: 'GSM-7', segments: 1, length: 1, remaining: 159 }],
    ['160 letters, which fit one SMS', a(160), { segments: 1, perSegment: 160, remaining: 0 }],
    ['161 letters, which need two', a(161), { segments: 2, perSegment: 153, remaining: 145 }],
    ['306 letters, which fill two', a(306), { segments: 2, remaining: 0 }],
    ['307 letters', a(307), { segments: 3, remaining: 152 }],
    ['1600 letters, the most that Twilio takes', a(1600), { segments: 11 }],
    ['Western European letters of the default alphabet', 'Ärger à Ñandù', { encoding: 'GSM-7', length: 13 }],
    ['Greek capitals of the default alphabet', 'ΔΦΓΛΩΠΨΣΘΞ', { encoding: 'GSM-7', length: 10 }],
    ['the euro sign, which takes two septets', '€', { encoding: 'GSM-7', length: 2, remaining: 158 }],
    ['every character of the extension table', '\f^{}\\[~]|€', { encoding: 'GSM-7', length: 20 }],
    ['79 letters and one pair that exceeds', a(159) + '€', { segments: 2, length: 161 }],
    ['a pair that would be cut at 153', a(152) + '€' + a(10), { segments: 2, length: 164, remaining: 153 - 12 }],
    ['a small c with cedilla, which is not in the alphabet', 'ça', { encoding: 'UCS-2', length: 2, remaining: 68 }],
    ['a backtick, which is not in the alphabet either', '`', { encoding: 'UCS-2' }],
    ['curly quotes', '“yes”', { encoding: 'UCS-2', length: 5 }],
    ['70 Cyrillic letters', 'ж'.repeat(70), { encoding: 'UCS-2', segments: 1, remaining: 0 }],
    ['71 Cyrillic letters', 'ж'.repeat(71), { segments: 2, perSegment: 67, remaining: 63 }],
    ['an emoji, which takes two units', '😀', { encoding: 'UCS-2', length: 2, remaining: 68 }],
    ['35 emoji, which fill one SMS', '😀'.repeat(35), { segments: 1, remaining: 0 }],
    [
      '33 emoji to a part and one left, never a half one',
      '😀'.repeat(67),
      { segments: 3, length: 134, remaining: 67 - 2 },
    ],
    ['an accent of its own', 'e\u0301', { encoding: 'UCS-2', length: 2 }],
  ])('counts %s', (_, text, expected) => {
    expect(smsSegments(text)).toMatchObject(expected);
  });
});
