import { describe, expect, it } from '@jest/globals';
import { api, InboundEvent, VisitorFrame, VisitorHello, type Endpoint } from '@switchboard/contract';
import { z } from 'zod';
import { MOST_PER_PAGE, unbounded } from './unbounded.ts';

/** Whatever comes in from outside has a bound, and whatever goes out as a list has one too. */
const operations = Object.entries(api as Record<string, Endpoint>);
/** As many as there are folders in connectors/. */
const STATIC_LISTS = ['connectors.list'];

describe('every operation of the API', () => {
  it.each(operations)('%s bounds what it is given', (_, { query, body }) => {
    expect([...(query ? unbounded(query) : []), ...(body ? unbounded(body) : [])]).toEqual([]);
  });

  const lists = operations.filter(([, { reply }]) => reply instanceof z.ZodObject && 'items' in reply.shape);
  it.each(lists.filter(([id]) => !STATIC_LISTS.includes(id)))('%s gives a page at a time', (_, { query }) => {
    const limit = (query as z.ZodObject).shape['limit'] as z.ZodType;
    expect(limit.safeParse(String(MOST_PER_PAGE)).success).toBe(true);
    expect(limit.safeParse(String(MOST_PER_PAGE + 1)).success).toBe(false);
    expect(limit.parse(undefined)).toBeLessThanOrEqual(MOST_PER_PAGE);
  });
});

describe('what else comes in', () => {
  it.each<[string, z.ZodType]>([
    ['a visitor’s hello', VisitorHello],
    ['a visitor’s frame', VisitorFrame],
    ['an event of a connector', InboundEvent],
  ])('%s is bounded', (_, schema) => expect(unbounded(schema)).toEqual([]));
});

describe('unbounded', () => {
  it('finds what has no bound, however deep', () => {
    const schema = z.object({
      text: z.string(),
      fine: z.string().max(5),
      id: z.uuid(),
      word: z.enum(['a']),
      list: z.array(z.object({ name: z.string().max(3) })),
      either: z.union([z.number(), z.object({ deep: z.string() })]),
      map: z.record(z.string().max(5), z.string()),
    });
    expect(unbounded(schema)).toEqual(['text', 'list', 'either.deep', 'map.*']);
  });
});
