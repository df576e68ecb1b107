import { describe, expect, it } from '@jest/globals';
import type { RawRequest } from '@switchboard/contract';
import { twilioSignature } from '../../tests/support/fake-twilio.ts';
import { verifySignature } from './signature.ts';

const token = '12345';
/** The request of https://www.twilio.com/docs/usage/security#validating-requests, with the signature that Twilio gives for it. */
const documented = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
};
const request = ({ url, body, signature }: { url: string; body: string; signature?: string }): RawRequest => ({
  method: 'POST',
  url,
  hook: '',
  headers: signature === undefined ? {} : { 'x-twilio-signature': signature },
  rawBody: Buffer.from(body),
  receivedAt: new Date(0),
});
const statusOf = (raw: RawRequest, authToken = token) => {
  const verification = verifySignature(authToken, raw);
  return verification.ok ? 'good' : verification.status;
};
const signed = (url: string, body: string) => ({
  url,
  body,
  signature: twilioSignature(token, url, new URLSearchParams(body)),
});

describe('verifySignature', () => {
  it.each([
    ['the documented example', documented],
    ['an empty form', signed('https://hub.example/webhooks/a', '')],
    ['a port that Twilio signs', { ...signed('https://hub.example:8443/a', 'B=1'), url: 'https://hub.example:8443/a' }],
    [
      'a standard port that only Twilio names',
      { ...signed('https://hub.example:443/a', 'B=1'), url: 'https://hub.example/a' },
    ],
    ['a port that Twilio leaves out', { ...signed('https://hub.example/a', 'B=1'), url: 'https://hub.example:8443/a' }],
    ['names whose order is not the alphabet’s', signed('https://hub.example/a', 'b=2&B=1&a=3&AB=4&A=5')],
    ['a name with several values, one of them twice', signed('https://hub.example/a', 'D=5&D=1&D=1')],
    ['text beyond ASCII', signed('https://hub.example/a', 'Body=Gr%C3%BC%C3%9Fe+%F0%9F%98%80')],
    ['a quote in the query', signed("https://hub.example/a?b=it's", 'B=1')],
    [
      'JSON by the hash in the URL',
      {
        url: `${documented.url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
        body: '{"property": "value", "boolean": true}',
        signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
      },
    ],
  ])('accepts %s', (_, made) => {
    expect(statusOf(request(made))).toBe('good');
  });

  it.each([
    ['a changed field', { ...documented, body: documented.body.replace('1234&', '1235&') }],
    ['a field more', { ...documented, body: `${documented.body}&Body=x` }],
    ['another URL', { ...documented, url: `${documented.url}&x=1` }],
    ['another host', { ...documented, url: documented.url.replace('mycompany', 'evil') }],
    ['a signature of another length', { ...documented, signature: 'RSOY' }],
    ['JSON without a hash in the URL', { ...signed('https://hub.example/a', ''), body: '{"From":"+1"}' }],
    [
      'JSON that is not the hashed one',
      { ...signed(`https://hub.example/a?bodySHA256=${'0'.repeat(64)}`, ''), body: '{"From":"+1"}' },
    ],
  ])('refuses %s with 403', (_, made) => {
    expect(statusOf(request(made))).toBe(403);
  });

  it('refuses the signature of another token with 403', () => {
    expect(statusOf(request(documented), '54321')).toBe(403);
  });

  it('refuses a missing signature with 400 and another method with 405', () => {
    expect(statusOf(request({ url: documented.url, body: documented.body }))).toBe(400);
    expect(statusOf({ ...request(documented), method: 'GET' })).toBe(405);
  });
});
