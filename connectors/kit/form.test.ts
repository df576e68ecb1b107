import { describe, expect, it } from '@jest/globals';
import { fieldOf, parseForm } from './form.ts';

describe('parseForm', () => {
  it.each([
    ['', {}],
    ['a=1&b=', { a: '1', b: '' }],
    ['a=1&a=2&b=3', { a: ['1', '2'], b: '3' }],
    ['Body=Gr%C3%BC%C3%9Fe+%26+more', { Body: 'Grüße & more' }],
    ['broken=%E0%A4%A&=x', { broken: '\ufffd%A', '': 'x' }],
  ])('reads %j', (body, fields) => {
    expect(parseForm(Buffer.from(body))).toEqual(fields);
  });

  it('takes any bytes', () => {
    expect(Object.keys(parseForm(Buffer.from([0xff, 0x00, 0x26, 0xfe])))).toHaveLength(2);
  });

  it('does not lend fields to what was not sent', () => {
    expect(fieldOf(parseForm(Buffer.from('a=1')), 'constructor')).toBeUndefined();
    expect(fieldOf(parseForm(Buffer.from('__proto__=1')), '__proto__')).toBe('1');
  });
});

describe('fieldOf', () => {
  it('takes the last of several values and an empty one for none', () => {
    const fields = parseForm(Buffer.from('a=1&a=2&b='));
    expect([fieldOf(fields, 'a'), fieldOf(fields, 'b'), fieldOf(fields, 'c')]).toEqual(['2', undefined, undefined]);
  });
});
