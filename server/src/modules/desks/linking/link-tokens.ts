import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { HubError } from '../../../platform/errors/hub-error.ts';

const Claim = z.object({ accountId: z.string(), personId: z.string(), name: z.string(), until: z.number() });
/** Somebody at a desk, as the provider named them. */
export type Claim = z.infer<typeof Claim>;

/** 32 bytes in base64url. No dot parts it from the rest: the console's addresses have none, those of files do. */
const SIGNATURE = 43;
const signature = (key: Buffer, body: string): Buffer => createHmac('sha256', key).update(body).digest();

/** What somebody at a desk is told to open in the console: it says who they are there, and nobody else can make it. */
export function signClaim(key: Buffer, claim: Claim): string {
  const body = Buffer.from(JSON.stringify(claim)).toString('base64url');
  return signature(key, body).toString('base64url') + body;
}

/** Throws HubErrors in words for whoever opened the link. */
export function readClaim(key: Buffer, token: string, now: Date): Claim {
  const body = token.slice(SIGNATURE);
  const [a, b] = [signature(key, body), Buffer.from(token.slice(0, SIGNATURE), 'base64url')];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new HubError('invalid', 'This link is not whole: open it from the message once more');
  const claim = Claim.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (claim.until < now.getTime())
    throw new HubError('invalid', 'This link is more than an hour old: write in the thread again for a new one');
  return claim;
}
