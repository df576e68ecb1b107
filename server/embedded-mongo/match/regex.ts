import type { BSONRegExp } from 'bson';
import { bsonClass } from '../values/types.ts';

/** A pattern as JavaScript's; the options of $options replace the pattern's own. Stateful flags (g, y) are dropped. */
export function toRegExp(pattern: unknown, options?: string): RegExp {
  const flags = (own: string) => (options ?? own).replace(/[^imsu]/g, '');
  if (pattern instanceof RegExp) return new RegExp(pattern.source, flags(pattern.flags));
  if (bsonClass(pattern) === 'BSONRegExp') {
    const { pattern: source, options: own } = pattern as BSONRegExp;
    return new RegExp(source, flags(own));
  }
  return new RegExp(String(pattern), flags(''));
}
