/** One group of `Name: value` fields of a machine-readable report (RFC 3464, RFC 5965); lower-case names, unfolded values. */
export type Fields = ReadonlyMap<string, string>;

const parseGroup = (group: string): Fields => {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.*)$/.exec(line) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
};

export const fieldGroups = (text: string): Fields[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(parseGroup)
    .filter((fields) => fields.size > 0);

/** `rfc822; jane@example.com` → `jane@example.com`; the type before the semicolon says nothing to us. */
export const afterType = (value: string | undefined): string =>
  (value ?? '').replace(/^[A-Za-z0-9-]+\s*;\s*/, '').trim();
