import { ConnectorError } from '@switchboard/contract';
import type { RawRequest, Verification } from '@switchboard/contract';
import { equalSecrets } from '../kit/equal-secrets.ts';
import { verifyStandard } from '../kit/standard-webhooks.ts';
import { vouch } from '../kit/vouch.ts';
import { readSaid } from './payload.ts';
import type { ApiSettings } from './settings.ts';

const proven = ({ signingSecret, token }: ApiSettings, request: RawRequest): Verification => {
  const bearer = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined || bearer === undefined) return verifyStandard(signingSecret, request);
  return equalSecrets(token, bearer)
    ? { ok: true, request: vouch(request) }
    : { ok: false, status: 401, reason: 'The token is wrong' };
};

/** Whoever writes the other side is told at once what is wrong with a payload, instead of a person here, later. */
export const verifyApi = (settings: ApiSettings, request: RawRequest): Verification => {
  if (request.hook !== '')
    return { ok: false, status: 404, reason: `No hook "${request.hook}": use the address without one` };
  if (request.method !== 'POST') return { ok: false, status: 405, reason: 'Use POST' };
  const verification = proven(settings, request);
  if (!verification.ok) return verification;
  try {
    readSaid(request.rawBody);
    return verification;
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, status: 400, reason: error.message };
    throw error;
  }
};
