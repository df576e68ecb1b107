import { describe, expect, it } from '@jest/globals';
import { isOurs, isOwnMessageId, ownMessageId, replyAddress, replyTokenIn } from './reply-token.ts';

const key = Buffer.alloc(32, 1);
const ours = ['support@example.org', 'help@example.org'];
const tokens = ['018f0000-0000-7000-8000-000000000001', 'abc123', 'Ticket/42'];

describe('a reply address', () => {
  for (const token of tokens) {
    it(`brings ${token} back, lower-cased or not`, () => {
      const address = replyAddress(key, 'support@example.org', token) ?? '';
      expect(replyTokenIn(key, ours, address)).toBe(token);
      expect(replyTokenIn(key, ours, address.toUpperCase())).toBe(token);
      expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    });
  }

  it('brings nothing back that somebody made up, changed, or signed with another key', () => {
    const address = replyAddress(key, 'support@example.org', 'abc123') ?? '';
    const changed = address.replace('tabc', 'tabd');
    const foreign = replyAddress(Buffer.alloc(32, 2), 'support@example.org', 'abc123') ?? '';
    const others = [changed, foreign, 'support+abc@example.org', 'support+@example.org', 'support@example.org'];
    for (const other of others) expect(replyTokenIn(key, ours, other)).toBeNull();
  });

  it('brings nothing back from an address that is none of ours', () => {
    const address = replyAddress(key, 'support@example.net', 'abc123') ?? '';
    expect(replyTokenIn(key, ours, address)).toBeNull();
  });

  it('is not made where the address has no room for it', () => {
    expect(replyAddress(key, `${'x'.repeat(50)}@example.org`, 'abc123')).toBeNull();
  });
});

describe('our own Message-ID', () => {
  const id = ownMessageId(key, '018f0000-0000-7000-8000-000000000001', 'support@example.org');

  it('is known again', () => {
    expect(id).toMatch(/@example\.org$/);
    expect(isOwnMessageId(key, id)).toBe(true);
  });

  it('cannot be made by others', () => {
    expect(isOwnMessageId(Buffer.alloc(32, 2), id)).toBe(false);
    expect(isOwnMessageId(key, id.replace('018f', '018e'))).toBe(false);
    expect(isOwnMessageId(key, 'sb.x@example.org')).toBe(false);
  });
});

it('knows its addresses with anything behind a plus', () => {
  expect(isOurs(ours, 'Support+orders@example.org')).toBe(true);
  expect(isOurs(ours, 'sales@example.org')).toBe(false);
});
