import { describe, expect, it } from '@jest/globals';
import { readClaim, signClaim } from './link-tokens.ts';

const key = Buffer.alloc(32, 1);
const now = new Date('2026-03-02T10:00:00.000Z');
const claim = { accountId: 'a', personId: 'U0ADA0000', name: 'Ada', until: now.getTime() + 1000 };

describe('the link that somebody at a desk is told', () => {
  it('says who they are', () => expect(readClaim(key, signClaim(key, claim), now)).toEqual(claim));

  it.each([
    ['somebody else made', signClaim(Buffer.alloc(32, 2), claim), /not whole/],
    ['was cut', signClaim(key, claim).slice(0, -3), /not whole/],
    ['names another person', signClaim(key, claim).replace(/^./, 'f'), /not whole/],
    ['is empty', '', /not whole/],
    ['is old', signClaim(key, { ...claim, until: now.getTime() - 1 }), /more than an hour old/],
  ])('is refused where it %s', (_, token, why) => expect(() => readClaim(key, token, now)).toThrow(why));
});
