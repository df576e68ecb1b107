import { describe, expect, it } from '@jest/globals';
import { passwordAdvice } from './password-advice.ts';

describe('passwordAdvice', () => {
  it('says how many characters are missing', () => {
    expect(passwordAdvice('abc', [])).toEqual({ level: 'short', missing: 7 });
  });
  it.each([
    ['the person’s own words', 'lovelace2026', 'personal'],
    ['a word that everybody tries', 'Password123', 'personal'],
    ['few different characters', 'aaaaabbbbb', 'repeats'],
    ['a run of keys', 'qwertyuiop1', 'sequence'],
    ['a run backwards', '9876543210x', 'sequence'],
    ['digits alone', '8203942751', 'digits'],
  ])('calls %s weak', (_, password, reason) => {
    expect(passwordAdvice(password, ['Ada Lovelace', 'ada@example.com'])).toEqual({ level: 'weak', reason });
  });
  it('calls short but unguessable fair, and long good', () => {
    expect(passwordAdvice('tr4mp-okapi', ['Ada'])).toEqual({ level: 'fair', reason: 'fair' });
    expect(passwordAdvice('kettle ribbon moss otter', ['Ada'])).toEqual({ level: 'good', reason: 'good' });
  });
});
