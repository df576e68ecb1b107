import { describe, expect, it } from '@jest/globals';
import {
  fileProblem,
  fillIn,
  findCanned,
  hasOptedOut,
  partsOf,
  slashWord,
  withoutSignature,
  withSignature,
} from './compose.ts';

describe('partsOf', () => {
  it('sends plain words trimmed', () => {
    expect(partsOf(' hi \n', false, [])).toEqual([{ type: 'text', text: 'hi' }]);
  });
  it('sends rich text with its plain twin', () => {
    expect(partsOf('<p>Hi <em>you</em></p>', true, [])).toEqual([
      { type: 'text', text: 'Hi you' },
      { type: 'html', html: '<p>Hi <em>you</em></p>' },
    ]);
  });
  it('sends files alone where nothing was written', () => {
    const file = { mediaId: 'm1', fileName: 'a.png', mimeType: 'image/png', bytes: 5 };
    expect(partsOf('<p></p>', true, [file])).toEqual([{ type: 'media', media: { source: 'media:m1', ...file } }]);
  });
});

describe('signatures', () => {
  it.each([
    ['plain', 'Hello', false, 'Hello\n\nAda\nSupport'],
    ['rich', '<p>Hello</p>', true, '<p>Hello</p><p>Ada<br>Support</p>'],
  ])('stands below %s words, and is left out when they come back', (_, written, rich, sent) => {
    expect(withSignature(written, rich, 'Ada\nSupport')).toBe(sent);
    expect(withoutSignature(sent, rich, 'Ada\nSupport')).toBe(written);
  });
  it('changes nothing where there is none', () => {
    expect(withSignature('Hello', false, '')).toBe('Hello');
    expect(withoutSignature('Hello', false, '')).toBe('Hello');
  });
});

describe('fileProblem', () => {
  const media = { maxBytes: 100, maxCount: 2, mimeTypes: ['image/*', 'application/pdf'] };
  it.each([
    ['fits', { size: 10, type: 'image/png' }, 0, media, null],
    ['is of an exact type', { size: 10, type: 'application/pdf' }, 0, media, null],
    ['is too large', { size: 101, type: 'image/png' }, 0, media, 'too-large'],
    ['is one too many', { size: 10, type: 'image/png' }, 2, media, 'too-many'],
    ['is empty', { size: 0, type: 'image/png' }, 0, media, 'empty'],
    ['is of another type', { size: 10, type: 'text/html' }, 0, media, 'wrong-type'],
    ['has no type', { size: 10, type: '' }, 0, { ...media, mimeTypes: ['*/*'] }, null],
    ['goes nowhere', { size: 10, type: 'image/png' }, 0, null, 'none-allowed'],
  ] as const)('a file that %s', (_, file, held, limits, expected) => {
    expect(fileProblem(file, held, limits && { ...limits, mimeTypes: [...limits.mimeTypes] })).toBe(expected);
  });
});

describe('canned replies', () => {
  it.each([
    ['/he', 'he'],
    ['Hello /', ''],
    ['https://x', null],
    ['a/b', null],
    ['Hello /he y', null],
  ])('finds the word after the slash in %j', (before, word) => {
    expect(slashWord(before)).toBe(word);
  });

  it('fills in what it knows and leaves the rest to be seen', () => {
    expect(
      fillIn('Dear {{customer.name}}, {{ ticket.number }} {{x}}', { 'customer.name': 'Grace', 'ticket.number': '7' }),
    ).toBe('Dear Grace, 7 {{x}}');
  });

  it('ranks shortcut over title over text', () => {
    const all = [
      { shortcut: 'bye', title: 'Refund', text: 'x' },
      { shortcut: 'z', title: 'z', text: 'your refund' },
      { shortcut: 'refund', title: 'R', text: 'x' },
      { shortcut: 'no', title: 'no', text: 'no' },
    ];
    expect(findCanned(all, 'ref').map((reply) => reply.shortcut)).toEqual(['refund', 'bye', 'z']);
  });
});

describe('hasOptedOut', () => {
  const consent = [
    { channel: 'sms' as const, handle: '+15550001', state: 'withdrawn' as const, at: '2026-01-01T00:00:00.000Z' },
  ];
  const target = (channel: 'sms' | 'whatsapp', externalId: string) => ({
    channel,
    recipient: { externalId, handles: [] },
  });

  it('is of one address on one channel', () => {
    expect(hasOptedOut(consent, target('sms', '+15550001'))).toBe(true);
    expect(hasOptedOut(consent, target('sms', '+15550002'))).toBe(false);
    expect(hasOptedOut(consent, target('whatsapp', '+15550001'))).toBe(false);
  });

  it('knows an address by any of its handles, and ends with a new consent', () => {
    const known = {
      channel: 'sms' as const,
      recipient: { externalId: 'x', handles: [{ type: 'phone' as const, value: '+15550001' }] },
    };
    expect(hasOptedOut(consent, known)).toBe(true);
    expect(
      hasOptedOut(
        consent.map((said) => ({ ...said, state: 'granted' as const })),
        known,
      ),
    ).toBe(false);
  });
});
