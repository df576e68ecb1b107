import { describe, expect, it } from '@jest/globals';
import { Decimal128, Long } from 'bson';
import { type Arithmetic, calculate, compareNumbers } from './numbers.ts';

const decimal = (text: string) => Decimal128.fromString(text);

describe('calculate', () => {
  it.each<[Arithmetic, unknown, unknown, unknown]>([
    ['add', 1, 2, 3],
    ['multiply', 1.5, 2, 3],
    ['add', Long.fromString('9007199254740993'), 1, Long.fromString('9007199254740994')],
    ['multiply', 3, Long.fromNumber(4), Long.fromNumber(12)],
    ['add', Long.fromNumber(1), 0.5, 1.5],
    ['add', decimal('0.10'), decimal('0.20'), decimal('0.30')],
    ['add', decimal('12345678901234567890.1'), 1, decimal('12345678901234567891.1')],
    ['multiply', decimal('-0.5'), decimal('0.3'), decimal('-0.15')],
  ])('%s(%p, %p) is %p', (operation, a, b, expected) => {
    expect(calculate(operation, a, b)).toEqual(expected);
  });
});

describe('compareNumbers', () => {
  it.each([
    [Long.fromString('9007199254740993'), Long.fromString('9007199254740992'), 1],
    [decimal('12345678901234567890.2'), decimal('12345678901234567890.1'), 1],
    [decimal('1E+2'), 100, 0],
    [decimal('NaN'), -Infinity, -1],
    [NaN, NaN, 0],
  ])('of %p and %p is %p', (a, b, expected) => {
    expect(Math.sign(compareNumbers(a, b))).toBe(expected);
  });
});
