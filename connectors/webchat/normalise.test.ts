import { describe, expect, it } from '@jest/globals';
import type { NormalisedEvent, RawRequest } from '@switchboard/contract';
import { signToken } from './identity.ts';
import { normalise, vouchForFrame } from './normalise.ts';

const signingKey = Buffer.alloc(32, 1);
const visitorId = 'visitor-1';
const id = '018f0000-0000-7000-8000-0000000000b1';
const mediaId = '018f0000-0000-7000-8000-0000000000c1';
const receivedAt = new Date('2026-03-02T10:00:00.000Z');
const text = { type: 'text', text: 'Hello' };

const request = (body: unknown, headers: Record<string, string> = {}): RawRequest => ({
  method: 'POST',
  url: 'whatever came in',
  hook: '',
  headers,
  rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  receivedAt,
});
const parse = (body: unknown, headers?: Record<string, string>) =>
  normalise(vouchForFrame(signingKey, visitorId, request(body, headers)));
const aMessage = (change: object = {}) => ({
  type: 'message',
  id,
  parts: [text],
  at: '2026-03-02T09:59:59.000Z',
  ...change,
});
const received = (events: NormalisedEvent[]) => {
  const [event] = events;
  if (event?.kind !== 'message.received') throw new Error('not a message');
  return event;
};

describe('who wrote a message', () => {
  it('is the admitted visitor, whatever the request says', () => {
    const { thread, sender } = received(parse(aMessage(), { 'x-visitor-id': 'visitor-2' }));
    expect([thread.externalId, sender.externalId]).toEqual([visitorId, visitorId]);
    expect(sender.handles).toEqual([{ type: 'visitor', value: visitorId }]);
  });

  it('has the e-mail address that the token proves', () => {
    const token = signToken(signingKey, { id: visitorId, name: 'Ada', email: 'ada@example.org' });
    const { sender } = received(parse(aMessage(), { 'x-visitor-token': token }));
    expect(sender.displayName).toBe('Ada');
    expect(sender.handles).toContainEqual({ type: 'email', value: 'ada@example.org' });
  });

  it.each([
    ['another visitor’s token', signToken(signingKey, { id: 'visitor-2', email: 'boss@example.org' })],
    ['a token of another account', signToken(Buffer.alloc(32, 2), { id: visitorId, email: 'boss@example.org' })],
    ['no token', ''],
  ])('has no e-mail address with %s', (_case, token) => {
    const claim = { 'x-visitor-email': 'boss@example.org', 'x-visitor-name': 'The boss' };
    const { sender } = received(parse(aMessage(), { ...claim, 'x-visitor-token': token }));
    expect(sender).toEqual({ externalId: visitorId, handles: [{ type: 'visitor', value: visitorId }] });
  });

  it('keeps no token with the request', () => {
    const token = signToken(signingKey, { id: visitorId });
    const vouched = vouchForFrame(signingKey, visitorId, request(aMessage(), { 'x-visitor-token': token }));
    expect(vouched).toMatchObject({ url: `visitor:${visitorId}`, headers: {} });
  });

  it('only says so in the form: that is a contact and recognises nobody', () => {
    const contact = { name: 'Ben', email: 'Boss@Example.org' };
    const { sender, message } = received(parse(aMessage({ contact })));
    expect(message.contact).toEqual({ name: 'Ben', email: 'boss@example.org' });
    expect(sender.displayName).toBe('Ben');
    expect(sender.handles.map(({ type }) => type)).toEqual(['visitor']);
  });
});

describe('what a message holds', () => {
  it('is the text and the files that were uploaded', () => {
    const media = { source: `media:${mediaId}`, fileName: 'a.png', mimeType: 'image/png', bytes: 5, problem: 'x' };
    const { message } = received(parse(aMessage({ parts: [text, { type: 'media', media }] })));
    expect(message.parts).toEqual([
      text,
      {
        type: 'media',
        media: { source: `media:${mediaId}`, mediaId, fileName: 'a.png', mimeType: 'image/png', bytes: 5 },
      },
    ]);
  });

  it.each([
    ['html', { type: 'html', html: '<b>Hello</b>' }],
    ['a template', { type: 'template', name: 'a', language: 'en', variables: {} }],
    ['choices', { type: 'choices', prompt: 'Which?', choices: [{ id: 'a', label: 'A' }] }],
    ['a file from elsewhere', { type: 'media', media: { source: 'https://evil.example/a.png' } }],
    ['a file on our disk', { type: 'media', media: { source: 'file:///etc/passwd', mediaId } }],
    ['a text without end', { type: 'text', text: 'x'.repeat(10_001) }],
  ])('is rejected with %s', (_case, part) => {
    expect(() => parse(aMessage({ parts: [part] }))).toThrow(expect.objectContaining({ code: 'rejected' }));
  });

  it.each(['', 'null', '[]', '{"type":"message"}', '{"type":"other"}', 'not json'])('is rejected as %s', (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'rejected' }));
  });
});

describe('when a message was written', () => {
  it.each([
    ['just now', '2026-03-02T09:59:59.000Z', '2026-03-02T09:59:59.000Z'],
    ['while offline', '2026-03-01T11:00:00.000Z', '2026-03-01T11:00:00.000Z'],
    ['in the future', '2026-03-02T10:00:01.000Z', '2026-03-02T10:00:00.000Z'],
    ['in another age', '1970-01-01T00:00:00.000Z', '2026-03-02T10:00:00.000Z'],
  ])('%s: %s becomes %s', (_case, at, occurredAt) => {
    expect(received(parse(aMessage({ at }))).occurredAt).toBe(occurredAt);
  });
});

it('names a message by the id that the browser gave it, so that a repeated one is the same', () => {
  const [first, again] = [received(parse(aMessage())), received(parse(aMessage({ at: '2026-03-02T09:00:00.000Z' })))];
  expect([first.dedupeKey, first.message.externalId, again.dedupeKey]).toEqual([id, id, id]);
});

it('makes a receipt the state of our message', () => {
  expect(parse({ type: 'receipt', messageId: mediaId, state: 'read' })).toEqual([
    expect.objectContaining({ kind: 'delivery.changed', messageExternalId: mediaId, state: 'read' }),
  ]);
});

it('makes typing an event of its own', () => {
  expect(parse({ type: 'typing', typing: false })).toEqual([
    expect.objectContaining({
      kind: 'typing.changed',
      typing: false,
      thread: { externalId: visitorId, shape: 'direct' },
    }),
  ]);
});
