const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a person typed, anywhere in a field and in whatever case. */
export const partOf = (text: string): RegExp => new RegExp(escaped(text), 'i');
export const startOf = (text: string): RegExp => new RegExp(`^${escaped(text)}`);
