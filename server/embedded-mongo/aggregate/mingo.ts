import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import { Query } from 'mingo/query';
import type { AnyObject, Options } from 'mingo/types';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isArray, Rank, rankOf } from '../values/types.ts';

/**
 * mingo evaluates expressions and the stages that need no index. Of mingo 7.2.7, $percentile and $median sort numbers
 * as texts and are replaced here; $bucket, which puts boundary values one bucket too low, is in rewrite-stages.ts.
 */

type Table = Record<string, never>;

/** An import of a CommonJS module also lists the module itself, which is no operator. */
function operatorsOf(module: object): Table {
  const { default: _default, 'module.exports': _exports, ...operators } = module as Doc;
  return operators as Table;
}

const ascendingNumbers = (documents: unknown[], input: unknown, options: Options): number[] =>
  accumulators
    .$push(documents as AnyObject[], input as never, options)
    .filter((value) => rankOf(value) === Rank.number)
    .map(toNumber)
    .sort((a, b) => a - b);

const nearestRank = (sorted: number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

type Evaluate = (documents: unknown[], operand: { input: unknown; p: number[] }, options: Options) => unknown;

const percentile: Evaluate = (documents, { input, p }, options) => {
  const sorted = ascendingNumbers(documents, input, options);
  return p.map((share) => nearestRank(sorted, share));
};
const median: Evaluate = (documents, { input }, options) =>
  nearestRank(ascendingNumbers(documents, input, options), 0.5);

/** mingo looks an operator up as an expression first, so the accumulator has to stand in both tables. */
const asExpression = (accumulator: Evaluate, expression: (...args: never[]) => unknown) =>
  ((target: unknown, operand: never, options: never) =>
    isArray(target) ? accumulator(target, operand, options) : expression(target as never, operand, options)) as never;

const context = Context.init({
  accumulator: { ...operatorsOf(accumulators), $percentile: percentile as never, $median: median as never },
  expression: {
    ...operatorsOf(expressions),
    $percentile: asExpression(percentile, expressions.$percentile),
    $median: asExpression(median, expressions.$median),
  },
  pipeline: operatorsOf(stages),
  projection: operatorsOf(projections),
  query: operatorsOf(queries),
  window: operatorsOf(windows),
});

export type ResolveCollection = (name: string) => Doc[];

export function runStages(documents: Doc[], pipeline: Doc[], resolve: ResolveCollection = () => []): Doc[] {
  return new Aggregator(pipeline, { context, collectionResolver: resolve }).run<Doc>(documents);
}

/** $expr */
export function matchesExpression(expression: unknown): (doc: unknown) => boolean {
  const query = new Query({ $expr: expression } as never, { context });
  return (doc) => query.test(doc as AnyObject);
}

/** mingo's own matcher: the second opinion of the fuzz test. */
export function mingoMatcher(filter: Doc): (doc: unknown) => boolean {
  const query = new Query(filter as never, { context });
  return (doc) => query.test(doc as AnyObject);
}
