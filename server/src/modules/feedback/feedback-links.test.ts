import { expect, it } from '@jest/globals';
import type { Config } from '@switchboard/config';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { FeedbackLinks } from './feedback-links.ts';

const linksWith = (key: number) =>
  new FeedbackLinks(
    { keyFor: () => Buffer.alloc(32, key) } as unknown as SecretBox,
    { PUBLIC_URL: 'https://help.example.com' } as Config,
  );
const links = linksWith(1);
const surveyId = '019a0000-1111-7222-8333-0123456789ab';
const closesAt = new Date('2026-03-09T09:00:00Z');
const url = links.of({ _id: surveyId, closesAt });
const token = url.split('/').at(-1) ?? '';
const before = new Date(+closesAt - 1);

it('is short, and says which survey and until when', () => {
  expect(url).toMatch(/^https:\/\/help\.example\.com\/feedback\/[\w-]{22}\.[0-9a-z]{6}\.[\w-]{22}$/);
  expect(links.read(token, before)).toEqual({ surveyId, expired: false });
  expect(links.read(token, closesAt)).toEqual({ surveyId, expired: true });
});

it.each([
  ['nothing', ''],
  ['a part of it', token.slice(0, -1)],
  ['a later end', token.replace(/\.(\w+)\./, (_, end: string) => `.${(Number.parseInt(end, 36) + 1).toString(36)}.`)],
  ['another survey', `B${token.slice(1)}`],
  ['more', `${token}.x`],
  ['another hub’s', linksWith(2).of({ _id: surveyId, closesAt }).split('/').at(-1) ?? ''],
])('refuses %s', (_, wrong) => expect(links.read(wrong, before)).toBeNull());
