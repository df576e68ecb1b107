const maxDepth = 500;

const closesNothing = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** Closed by the next of their kind, so that a row of them is not deep. */
const closedBySiblings = /^(p|li|dt|dd|option|tr|td|th|thead|tbody|tfoot)$/;

/** Parsers need quadratic time for elements in elements in elements, and their walkers overflow. No mail program nests so. */
export const isTooDeep = (html: string): boolean => {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9:-]{0,30})/gi)) {
    if (closesNothing.test(name) || closedBySiblings.test(name)) continue;
    depth = slash ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth) return true;
  }
  return false;
};

export const withoutTags = (html: string): string => html.replace(/<[^<>]*>/g, ' ');
