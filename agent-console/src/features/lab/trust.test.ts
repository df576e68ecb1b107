import { expect, it } from '@jest/globals';
import type { LabFigure, LabRow } from '@switchboard/contract';
import { trustOf } from './trust.ts';

const figure = (value: number | null, n = 100): LabFigure => ({ value, low: value, high: value, n });
const column = (level: number | null, asa: number | null, n?: number) =>
  ({ serviceLevel: figure(level, n), asa: figure(asa, n) }) as LabRow['real'];

it.each([
  [column(80, 60_000), column(78, 70_000), { level: 2, asaMs: 10_000, rough: false }],
  [column(80, 60_000), column(60, 61_000), { level: 20, asaMs: 1000, rough: true }],
  [column(80, 60_000), column(80, 120_000), { level: 0, asaMs: 60_000, rough: true }],
  [column(80, 2000), column(80, 9000), { level: 0, asaMs: 7000, rough: false }],
  [column(null, 2000), column(80, 9000), null],
  [column(80, 2000, 5), column(80, 9000), null],
])('compares what was with the replay', (real, now, expected) => expect(trustOf({ real, now })).toEqual(expected));
