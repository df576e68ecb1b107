import { createHash } from 'node:crypto';

/** What a header names in angle brackets, in its order; some senders forget the brackets, some put two @ in one id. */
export const idsIn = (value: string): string[] => {
  const bracketed = [...value.matchAll(/<([^<>]+)>/g)].map((found) => (found[1] ?? '').replace(/\s+/g, ''));
  const ids =
    bracketed.length > 0 ? bracketed : value.split(/[\s,]+/).filter((word) => /^[^\s<>]+@[^\s<>]+$/.test(word));
  return [...new Set(ids.map((id) => id.slice(0, 998)).filter(Boolean))];
};

/** A mail without an id gets one from its bytes: the same mail offered twice is the same message. */
export const idFromContent = (raw: Buffer): string =>
  `${createHash('sha256').update(raw).digest('hex').slice(0, 40)}@no-message-id.invalid`;
