import { type RouteName, routes } from './routes.ts';

/** The first route whose pattern fits, most specific first; null: nothing is there. Pure. */
export function match(path: string): { name: RouteName; params: Record<string, string> } | null {
  const given = path.split('/').filter(Boolean);
  for (const [name, pattern] of Object.entries(routes)) {
    const params = fit(pattern.split('/').filter(Boolean), given);
    if (params) return { name: name as RouteName, params };
  }
  return null;
}

function fit(pattern: string[], given: string[]): Record<string, string> | null {
  if (given.length > pattern.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = given[index];
    if (!part.startsWith(':')) {
      if (part !== value) return null;
    } else if (value !== undefined) {
      const text = decoded(value);
      if (text === null) return null;
      params[part.replace(/[:?]/g, '')] = text;
    } else if (!part.endsWith('?')) return null;
  }
  return params;
}

/** null: the address is mistyped. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
