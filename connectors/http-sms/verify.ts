import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest, Verification } from '@switchboard/contract';
import { vouch } from '../kit/vouch.ts';
import type { Proof } from './settings.ts';

export const reportHook = 'status';
const mostSecondsOff = 300;

/** Of equal time, whatever their lengths. */
const isSame = (expected: string, given: string): boolean => {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(expected), digest(given));
};

const refuse = (status: 400 | 403 | 404 | 405, reason: string): Verification => ({ ok: false, status, reason });
type Given = { given: string | null | undefined; expected: string; where: string };

const signature = (proof: Extract<Proof, { by: 'hmac' }>, request: RawRequest): Given | Verification => {
  const { method, url, headers, rawBody, receivedAt } = request;
  // The parameters of a GET are in its address.
  if (method === 'GET' && !proof.content.includes('{url}'))
    return refuse(405, 'What is not signed is not read: use POST');
  const timestamp = headers[proof.timestampHeader.toLowerCase()] ?? '';
  if (proof.timestampHeader !== '') {
    const secondsOff = Math.abs(receivedAt.getTime() / 1000 - Number(timestamp));
    if (!/^\d{1,15}$/.test(timestamp)) return refuse(400, `The header ${proof.timestampHeader} is missing or no time`);
    if (secondsOff > mostSecondsOff) return refuse(403, 'The request was signed more than five minutes ago');
  }
  const hmac = createHmac(proof.algorithm, proof.secret);
  const values: Record<string, string | Buffer> = { '{body}': rawBody, '{url}': url, '{timestamp}': timestamp };
  for (const piece of proof.content.split(/(\{(?:body|url|timestamp)\})/)) hmac.update(values[piece] ?? piece);
  const digest = hmac.digest(proof.encoding);
  return {
    given: headers[proof.header.toLowerCase()],
    expected: proof.prefix + digest,
    where: `header ${proof.header}`,
  };
};

const secretOf = (proof: Proof, request: RawRequest): Given | Verification => {
  const { headers, url } = request;
  switch (proof.by) {
    case 'hmac':
      return signature(proof, request);
    case 'header':
      return { given: headers[proof.header.toLowerCase()], expected: proof.secret, where: `header ${proof.header}` };
    case 'basic': {
      const expected = `Basic ${Buffer.from(`${proof.user}:${proof.password}`).toString('base64')}`;
      return { given: headers['authorization'], expected, where: 'header Authorization' };
    }
    case 'query': {
      const given = URL.canParse(url) ? new URL(url).searchParams.get(proof.name) : null;
      return { given, expected: proof.secret, where: `parameter ${proof.name}` };
    }
  }
};

export const verifyGateway = (proof: Proof, request: RawRequest): Verification => {
  const { method, hook } = request;
  if (hook !== '' && hook !== reportHook)
    return refuse(404, `No hook "${hook}": messages come without one, delivery reports to "${reportHook}"`);
  if (method !== 'POST' && method !== 'GET') return refuse(405, 'Gateways call with POST or GET');
  const found = secretOf(proof, request);
  if ('ok' in found) return found;
  if (!found.given) return refuse(400, `The ${found.where} is missing`);
  return isSame(found.expected, found.given)
    ? { ok: true, request: vouch(request) }
    : refuse(403, `The ${found.where} is wrong: check the secret`);
};
