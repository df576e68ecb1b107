import { Decimal128, Long } from 'bson';
import { bsonClass } from './types.ts';

export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (Long.isLong(value)) return value.toNumber();
  if (bsonClass(value) === 'Decimal128') return Number(String(value));
  return Number((value as { valueOf(): unknown }).valueOf());
}

export const isDecimal = (value: unknown): value is Decimal128 => bsonClass(value) === 'Decimal128';

interface DecimalParts {
  coefficient: bigint;
  exponent: number;
}

/** Null for NaN and Infinity, which have no digits. */
function decimalParts(value: unknown): DecimalParts | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(String(value));
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent] = match;
  return {
    coefficient: BigInt((sign === '-' ? '-' : '') + (whole + fraction || '0')),
    exponent: Number(exponent ?? 0) - fraction.length,
  };
}

const atExponent = (parts: DecimalParts, exponent: number) =>
  parts.coefficient * 10n ** BigInt(parts.exponent - exponent);

/** NaN is the smallest number, as in MongoDB. */
function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

export function compareNumbers(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  if (Long.isLong(a) && Long.isLong(b)) return a.compare(b);
  if (isDecimal(a) || isDecimal(b)) {
    const [x, y] = [decimalParts(a), decimalParts(b)];
    if (x && y && Math.abs(x.exponent - y.exponent) < 400) {
      const exponent = Math.min(x.exponent, y.exponent);
      const [p, q] = [atExponent(x, exponent), atExponent(y, exponent)];
      return p < q ? -1 : p > q ? 1 : 0;
    }
  }
  return compareDoubles(toNumber(a), toNumber(b));
}

export type Arithmetic = 'add' | 'multiply';

/** Keeps the wider of the two types: Decimal128, then Long, then double. Both values are known to be numbers. */
export function calculate(operation: Arithmetic, a: unknown, b: unknown): unknown {
  if (isDecimal(a) || isDecimal(b)) return calculateDecimals(operation, a, b);
  const [x, y] = [toNumber(a), toNumber(b)];
  if ((Long.isLong(a) || Long.isLong(b)) && Number.isInteger(x) && Number.isInteger(y)) {
    const [p, q] = [Long.isLong(a) ? a : Long.fromNumber(x), Long.isLong(b) ? b : Long.fromNumber(y)];
    return operation === 'add' ? p.add(q) : p.multiply(q);
  }
  return operation === 'add' ? x + y : x * y;
}

function calculateDecimals(operation: Arithmetic, a: unknown, b: unknown): Decimal128 {
  const [x, y] = [decimalParts(a), decimalParts(b)];
  if (!x || !y) return Decimal128.fromString('NaN');
  if (operation === 'multiply') return decimalOf(x.coefficient * y.coefficient, x.exponent + y.exponent);
  const exponent = Math.min(x.exponent, y.exponent);
  return decimalOf(atExponent(x, exponent) + atExponent(y, exponent), exponent);
}

const decimalOf = (coefficient: bigint, exponent: number) =>
  Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);

/** What $mul gives a missing field: zero of the factor's type. */
export function zeroLike(value: unknown): unknown {
  if (typeof value === 'number') return 0;
  return Long.isLong(value) ? Long.ZERO : Decimal128.fromString('0');
}
