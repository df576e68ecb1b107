import { describe, expect, it } from '@jest/globals';
import type { MessageTemplate } from '@switchboard/contract';
import { firstValue, nearestFirst } from './templates.ts';

const template = (name: string, text: string): MessageTemplate => ({
  ...{ name, text, language: 'en', category: 'utility', variables: [], buttons: [] },
});

describe('templates', () => {
  it('come with the one first that says most of what was written', () => {
    const all = [
      template('hello', 'Hello {{1}}, how can we help?'),
      template('parcel', 'Your parcel {{1}} has left us'),
    ];
    const names = (written: string) => nearestFirst(all, written).map(({ name }) => name);
    expect(names('The parcel has left our house')).toEqual(['parcel', 'hello']);
    expect(names('')).toEqual(['hello', 'parcel']);
  });

  it('know the customer’s first name where a name was the example', () => {
    expect(firstValue('Pablo', 0, 'Ada Reed')).toBe('Ada');
    expect(firstValue('860198', 0, 'Ada Reed')).toBe('');
    expect(firstValue('Pablo', 1, 'Ada Reed')).toBe('');
  });
});
