import { describe, expect, it } from '@jest/globals';
import { consentIn } from './sms-keywords.ts';

describe('words of consent', () => {
  it.each([
    ['STOP', 'withdrawn', 'STOP'],
    [' stop. ', 'withdrawn', 'STOP'],
    ['Stop all', 'withdrawn', 'STOPALL'],
    ['opt-out', 'withdrawn', 'OPTOUT'],
    ['Arrêt!', 'withdrawn', 'ARRET'],
    ['stopp', 'withdrawn', 'STOPP'],
    ['Baja', 'withdrawn', 'BAJA'],
    ['Unstop', 'granted', 'UNSTOP'],
    ['start', 'granted', 'START'],
  ])('understands %p', (said, consent, reason) => {
    expect(consentIn(said)).toEqual({ consent, reason });
  });

  it.each(['', '.', 'End?', 'Stop 1', 'please stop', 'Yes', 'constructor', 'When does the sale end'])(
    'takes %p for a message',
    (said) => expect(consentIn(said)).toBeNull(),
  );
});
