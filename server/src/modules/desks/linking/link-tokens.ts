import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HubError } from '../../../platform/errors/hub-error.ts';

const Claim = z.object({ accountId: z.string(), personId: z.string(), name: z.string(), until: z.number() });
/** Somebody at a desk, as the provider named them. */
export type Claim = z.infer<typeof Claim>;

const signature = (key: Buffer, body: string): Buffer => createHmac('sha256', key).update(body).digest();

/** What somebody at a desk is told to open in the console: it says who they are there, and nobody else can make it. */
export function signClaim(key: Buffer, claim: Claim): string {
  const body = Buffer.from(JSON.stringify(claim)).toString('base64url');
  return `${body}.${signature(key, body).toString('base64url')}`;
}

/** Throws HubErrors in words for whoever opened the link. */
export function readClaim(key: Buffer, token: string, now: Date): Claim {
  const [body = '', given = ''] = token.split('.');
  const [a, b] = [signature(key, body), Buffer.from(given, 'base64url')];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new HubError('invalid', 'This link is not whole: open it from the message once more');
  const claim = Claim.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (claim.until < now.getTime())
    throw new HubError('invalid', 'This link is more than an hour old: write in the thread again for a new one');
  return claim;
}
