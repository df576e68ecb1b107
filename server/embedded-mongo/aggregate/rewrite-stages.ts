import { CommandError, unsupported } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { type Doc, isArray, isObject } from '../values/types.ts';

const NOT_SUPPORTED = new Set([
  '$changeStream',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$geoNear',
  '$currentOp',
  '$listSessions',
  '$indexStats',
  '$collStats',
  '$out',
  '$merge',
  '$graphLookup',
]);

/** Refuses stages that are not supported, and replaces $bucket, also inside $facet. */
export function rewriteStages(pipeline: unknown): Doc[] {
  if (!isArray(pipeline) || !pipeline.every(isObject)) {
    throw new CommandError(14, 'TypeMismatch', "'pipeline' option must be specified as an array of objects");
  }
  return pipeline.flatMap((stage) => {
    const names = Object.keys(stage);
    if (names.length !== 1) {
      throw new CommandError(40323, 'Location40323', 'A pipeline stage must contain exactly one field.');
    }
    if (NOT_SUPPORTED.has(names[0]!)) throw unsupported(`the pipeline stage ${names[0]}`);
    if (stage.$facet) return [{ $facet: rewriteFacets(stage.$facet as Doc) }];
    return stage.$bucket ? bucketStages(stage.$bucket as Doc) : [stage];
  });
}

const rewriteFacets = (facets: Doc) =>
  Object.fromEntries(Object.entries(facets).map(([name, pipeline]) => [name, rewriteStages(pipeline)]));

/** $bucket as $group and $sort. A boundary belongs to the bucket that it opens, and empty buckets are not shown. */
function bucketStages(bucket: Doc): Doc[] {
  const boundaries = bucket.boundaries as unknown[];
  const pairs = boundaries.slice(0, -1).map((low, i) => [low, boundaries[i + 1]] as const);
  if (pairs.some(([low, high]) => compare(low, high) >= 0)) {
    throw new CommandError(
      40194,
      'Location40194',
      "The 'boundaries' option to $bucket must be sorted in ascending order",
    );
  }
  const branches = pairs.map(([low, high]) => ({
    case: {
      $and: [{ $gte: [bucket.groupBy, { $literal: low }] }, { $lt: [bucket.groupBy, { $literal: high }] }],
    },
    then: { $literal: low },
  }));
  const otherwise = bucket.default === undefined ? {} : { default: { $literal: bucket.default } };
  const output = (bucket.output as Doc | undefined) ?? { count: { $sum: 1 } };
  return [{ $group: { _id: { $switch: { branches, ...otherwise } }, ...output } }, { $sort: { _id: 1 } }];
}
