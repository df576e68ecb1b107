import { describe, expect, it } from '@jest/globals';
import { MetricClock } from '@switchboard/contract';
import fc from 'fast-check';
import type { Fact } from '../facts/fact.schema.ts';
import { slicesOf } from '../facts/measure-spells.ts';
import { figuresOf } from '../figures/figures.ts';
import { addFact, emptyCell } from './cell.ts';
import { addBlock, packCells } from './packed-cells.ts';
import { addPacked, addTo, bin, noBins, pack, quantiles } from './sketch.ts';
import { endOf, QUARTER_MS, stretchesOf } from './stretches.ts';
import { addToSums, emptySums, mergeSums } from './sums.ts';

const at = (iso: string) => new Date(iso);

describe('a period', () => {
  const zone = 'Europe/Berlin';
  const told = (from: string, to: string, now: string) =>
    stretchesOf({ start: at(from), end: at(to) }, zone, at(now)).map(({ grain, start, end }) => [
      ...[grain, start.toISOString().slice(0, 16), end.toISOString().slice(0, 16)],
    ]);

  it.each([
    [
      'whole months, days and quarters at its ends',
      ['2026-01-30T22:30Z', '2026-04-02T01:00Z', '2027-01-01T00:00Z'],
      [
        ['quarter', '2026-01-30T22:30', '2026-01-30T23:00'],
        ['day', '2026-01-30T23:00', '2026-01-31T23:00'],
        ['month', '2026-01-31T23:00', '2026-03-31T22:00'],
        ['day', '2026-03-31T22:00', '2026-04-01T22:00'],
        ['quarter', '2026-04-01T22:00', '2026-04-02T01:00'],
      ],
    ],
    [
      'quarters where the day is not over',
      ['2026-03-01T23:00Z', '2026-03-03T23:00Z', '2026-03-03T12:00Z'],
      [
        ['day', '2026-03-01T23:00', '2026-03-02T23:00'],
        ['quarter', '2026-03-02T23:00', '2026-03-03T23:00'],
      ],
    ],
    ['nothing', ['2026-03-02T10:00Z', '2026-03-02T10:00Z', '2026-03-03T12:00Z'], []],
  ])('is %s', (_, [from = '', to = '', now = ''], expected) => {
    expect(told(from, to, now)).toEqual(expected);
  });

  it('is made up without a gap or an overlap, in any zone', () => {
    const quarter = fc
      .integer({ min: 0, max: 80_000 })
      .map((count) => new Date(Date.UTC(2025, 0, 1) + count * QUARTER_MS));
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(quarter, quarter, quarter, zones, (start, end, now, timeZone) => {
        const found = stretchesOf({ start, end }, timeZone, now);
        if (start >= end) return expect(found).toEqual([]);
        expect(found[0]?.start).toEqual(start);
        expect(found.at(-1)?.end).toEqual(end);
        found.slice(1).forEach((stretch, before) => expect(stretch.start).toEqual(found[before]?.end));
        for (const { grain, start: first, end: last } of found) {
          let reached = first;
          while (reached < last) reached = grain === 'quarter' ? last : endOf(grain, reached, timeZone);
          expect(reached).toEqual(last);
        }
      }),
    );
  });
});

const aFact: fc.Arbitrary<Fact> = fc.record({
  _id: fc.uuid(),
  kind: fc.constantFrom('opened', 'assigned', 'first-response', 'next-response', 'abandoned', 'resolved', 'reopened'),
  at: fc.constant(at('2026-03-02T10:00Z')),
  queueId: fc.constant('q'),
  agentId: fc.constantFrom(null, 'ada', 'bob'),
  channel: fc.constantFrom('sms', 'webchat'),
  tags: fc.subarray(['a.b', 'constructor', '$set']),
  ticketId: fc.uuid(),
  customerId: fc.uuid(),
  ms: fc.integer({ min: 0, max: 1_000_000_000 }),
  businessMs: fc.integer({ min: 0, max: 1_000_000 }),
  inTime: fc.boolean(),
  last: fc.boolean(),
});

const aHandling = { kind: 'handled', tags: [] } as unknown as Fact;

describe('a spell', () => {
  it('is cut by the quarters of an hour and by the stretch', () => {
    const [from, to] = [at('2026-03-02T10:10:00Z'), at('2026-03-02T10:31:00Z')];
    const cut = (start: string, end: string) =>
      slicesOf({ from, to }, { start: at(start), end: at(end) }).map((slice) => [
        ...[slice.start.toISOString().slice(11, 16), slice.ms / 60_000],
      ]);
    expect(cut('2026-03-02T00:00Z', '2026-03-03T00:00Z')).toEqual([
      ['10:10', 5],
      ['10:15', 15],
      ['10:30', 1],
    ]);
    expect(cut('2026-03-02T10:15Z', '2026-03-02T10:20Z')).toEqual([['10:15', 5]]);
    expect(cut('2026-03-02T10:45Z', '2026-03-02T11:00Z')).toEqual([]);
  });
});

describe('sums', () => {
  it('of parts are the sum of the whole, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(aFact, { maxLength: 40 }), fc.nat(40), (facts, cut) => {
        const sum = (some: readonly Fact[]) => {
          const sums = emptySums();
          for (const fact of some) addToSums(sums, fact);
          return sums;
        };
        const merged = sum(facts.slice(0, cut));
        mergeSums(merged, sum(facts.slice(cut)));
        const whole = sum(facts);
        expect(merged).toEqual(whole);
        expect(figuresOf(merged.all, 'business')).toEqual(figuresOf(whole.all, 'business'));
      }),
    );
  });

  it('are the same when they were packed, but for what nobody asks of them', () => {
    fc.assert(
      fc.property(fc.array(aFact, { maxLength: 40 }), fc.constantFrom(...MetricClock.options), (facts, clock) => {
        const cell = emptyCell();
        for (const fact of [...facts, { ...aHandling, ms: 1234.5 }]) addFact(cell, fact);
        for (const hour of [3, 3, 170]) addTo((cell.heat ??= noBins()), hour, 2);
        const packed = packCells([
          ['left out', cell],
          ['read', cell],
        ]);
        const again = emptyCell();
        for (const block of ['counts', 'plain', clock, 'heat'] as const)
          addBlock(block, packed[block], (at) => (at === 1 ? again : undefined));
        expect(figuresOf(again, clock)).toEqual(figuresOf(cell, clock));
        expect(figuresOf(again, clock).aht?.n).toBe(cell.n.resolved ?? 0);
        expect([again.n, again.heat]).toEqual([cell.n, cell.heat]);
      }),
    );
  });

  it('give percentages of what they are made of, and nothing of nothing', () => {
    const fact = (kind: Fact['kind'], more: Partial<Fact> = {}) => ({ kind, tags: [], ...more }) as unknown as Fact;
    const sums = emptySums();
    expect(figuresOf(sums.all, 'calendar').serviceLevel).toEqual({ value: null, n: 0 });
    for (const one of [
      fact('first-response', { ms: 1000 }),
      fact('first-response', { ms: 7_200_000 }),
      fact('first-response', { ms: 7_200_000, inTime: true }),
      fact('abandoned', { ms: 4_999 }),
      fact('abandoned', { ms: 5_000 }),
    ])
      addToSums(sums, one);
    const { serviceLevel, abandonment, slaMet, firstResponse } = figuresOf(sums.all, 'calendar');
    expect(serviceLevel).toEqual({ value: 50, n: 4 });
    expect(abandonment).toEqual({ value: 25, n: 4 });
    expect(slaMet).toEqual({ value: 100, n: 1 });
    expect(firstResponse).toMatchObject({ n: 3, mean: 4_800_333 });
  });

  it('know quantiles to two per cent of the value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000_000_000 }), { minLength: 1, maxLength: 200 }), (values) => {
        const bins = noBins();
        for (const value of values) addTo(bins, bin(value), 1);
        const again = noBins();
        addPacked(again, pack(bins));
        expect(again).toEqual(bins);
        const sorted = values.toSorted((a, b) => a - b);
        for (const q of [0.5, 0.9]) {
          const exact = sorted[Math.floor(q * (values.length - 1))] ?? 0;
          expect(Math.abs((quantiles(bins, q)[0] ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.0201 + 1);
        }
      }),
    );
  });
});
