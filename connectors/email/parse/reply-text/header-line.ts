import { headerNames, type HeaderKind } from './languages.ts';

const kindByName = new Map<string, HeaderKind>(
  (Object.entries(headerNames) as [HeaderKind, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name): [string, HeaderKind] => [name, kind]),
  ),
);

/** "*From:* Jane" is how bold looks in plain text. */
const headerLine = /^[*_]{0,2}\s*([\p{L}\p{M}][\p{L}\p{M} ()'’-]{0,24}?)\s*[*_]{0,2}\s*[:：][*_]{0,2}(?=\s|$|[^/\d])/u;

export const headerKindOf = (line: string): HeaderKind | null => {
  const name = headerLine.exec(line)?.[1]?.toLowerCase();
  return name === undefined ? null : (kindByName.get(name) ?? null);
};
