import { createHmac, randomBytes } from 'node:crypto';
import { equalSecrets } from '../kit/equal-secrets.ts';

/** Nobody fills in a form faster, and no program waits so long. */
const leastMs = 2_000;
const mostMs = 24 * 3_600_000;

const sign = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(`form.${text}`).digest('base64url');

/** One for each form that is shown: it opens one ticket, however often it is sent. */
export const newToken = (key: Buffer, now: Date): string => {
  const text = `${now.getTime()}.${randomBytes(12).toString('base64url')}`;
  return `${text}.${sign(key, text)}`;
};

/** The token's own part, or what is wrong with it in words for the person at the form. */
export const readToken = (key: Buffer, token: string, now: Date): { nonce: string } | { problem: string } => {
  const [issued = '', nonce = '', signature = ''] = token.split('.');
  if (!equalSecrets(sign(key, `${issued}.${nonce}`), signature))
    return { problem: 'This form is not one of ours. Please load the page again.' };
  const ageMs = now.getTime() - Number(issued);
  if (ageMs < leastMs) return { problem: 'That was fast. Please wait a moment, and send it again.' };
  return ageMs > mostMs ? { problem: 'This form is a day old. Please load the page again.' } : { nonce };
};
