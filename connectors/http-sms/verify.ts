import { createHmac } from 'node:crypto';
import type { RawRequest, Verification } from '@switchboard/contract';
import { equalSecrets } from '../kit/equal-secrets.ts';
import { isTimely } from '../kit/is-timely.ts';
import { vouch } from '../kit/vouch.ts';
import type { Proof } from './settings.ts';

export const reportHook = 'status';

const refuse = (status: 400 | 403 | 404 | 405, reason: string): Verification => ({ ok: false, status, reason });
type Given = { given: string | null | undefined; expected: string; where: string };

const signature = (proof: Extract<Proof, { by: 'hmac' }>, request: RawRequest): Given | Verification => {
  const { method, url, headers, rawBody, receivedAt } = request;
  // The parameters of a GET are in its address.
  if (method === 'GET' && !proof.content.includes('{url}'))
    return refuse(405, 'What is not signed is not read: use POST');
  const timestamp = headers[proof.timestampHeader.toLowerCase()] ?? '';
  if (proof.timestampHeader !== '') {
    if (timestamp === '') return refuse(400, `The header ${proof.timestampHeader} is missing`);
    if (!isTimely(timestamp, receivedAt))
      return refuse(403, `The time in ${proof.timestampHeader} is more than five minutes from our clock`);
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
  return equalSecrets(found.expected, found.given)
    ? { ok: true, request: vouch(request) }
    : refuse(403, `The ${found.where} is wrong: check the secret`);
};
