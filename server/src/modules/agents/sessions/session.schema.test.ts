import { describe, expect, it } from '@jest/globals';
import { expiryFrom, isDueForRenewal, isExpired } from './session.schema.ts';

const start = new Date('2026-03-02T10:00:00Z');
const session = { _id: 'x', agentId: 'a', createdAt: start, lastSeenAt: start, expiresAt: expiryFrom(start) };

describe('a session', () => {
  it.each([
    ['2026-03-02T10:00:00Z', false, false],
    ['2026-03-02T10:59:59Z', false, false],
    ['2026-03-02T11:00:00Z', false, true],
    ['2026-03-16T09:59:59Z', false, true],
    ['2026-03-16T10:00:00Z', true, true],
  ])('at %s: expired %s, due for renewal %s', (now, expired, due) => {
    expect(isExpired(session, new Date(now))).toBe(expired);
    expect(isDueForRenewal(session, new Date(now))).toBe(due);
  });
});
