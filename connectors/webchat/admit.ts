import { z } from 'zod';
import type { Admission, VisitorHello } from '@switchboard/contract';
import { provesIdentity, readToken, signToken, visitorIdOf } from './identity.ts';
import type { Visitor } from './identity.ts';
import type { WebchatSettings } from './settings.ts';

export interface Door {
  readonly settings: Pick<WebchatSettings, 'allowedOrigins' | 'identitySecret'>;
  readonly signingKey: Buffer;
  /** The hub's own: its test page is always let in. */
  readonly ownOrigin: string;
}

type Refusal = Extract<Admission, { ok: false }>;
const refuse = (reason: Refusal['reason'], message: string): Refusal => ({ ok: false, reason, message });

/** `https://*.example.com` is every name below example.com, and not example.com itself. */
const matches = (allowed: string, origin: string): boolean => {
  const [scheme = '', host = ''] = allowed.toLowerCase().split('://');
  if (!host.startsWith('*.')) return `${scheme}://${host}` === origin;
  return origin.startsWith(`${scheme}://`) && origin.endsWith(host.slice(1));
};

/** A page cannot choose its Origin header; what is no browser can, so this keeps other websites out and nobody else. */
export const originAllowed = ({ settings, ownOrigin }: Door, origin: string | undefined): boolean => {
  if (settings.allowedOrigins.length === 0) return true;
  if (origin === undefined) return false;
  return origin === ownOrigin || settings.allowedOrigins.some((allowed) => matches(allowed, origin.toLowerCase()));
};

type Identity = NonNullable<VisitorHello['identity']>;

/**
 * The hash proves the userId alone: the e-mail address beside it is only what the page says. So it counts as proven where it
 * is the userId itself, or anyone with an account on the site could name a stranger's address and join that person's history.
 */
const provenVisitor = (key: Buffer, { userId, name }: Identity): Visitor => {
  const email = z.email().max(320).safeParse(userId.toLowerCase());
  return {
    id: visitorIdOf(key, email.success ? email.data : userId),
    ...(name ? { name } : {}),
    ...(email.success ? { email: email.data } : {}),
  };
};

export const admit = (door: Door, hello: VisitorHello, origin: string | undefined, newId: () => string): Admission => {
  const { settings, signingKey } = door;
  if (!originAllowed(door, origin)) {
    return refuse('origin', `The chat is not set up for ${origin ?? 'a page without an origin'}.`);
  }
  const welcome = (visitor: Visitor): Admission => ({
    ok: true,
    visitorId: visitor.id,
    token: signToken(signingKey, visitor),
  });
  if (hello.identity && settings.identitySecret) {
    const { userId, hash } = hello.identity;
    return provesIdentity(settings.identitySecret, userId, hash)
      ? welcome(provenVisitor(signingKey, hello.identity))
      : refuse('identity', 'The identity hash does not belong to this userId.');
  }
  if (hello.token === undefined) return welcome({ id: newId() });
  const visitor = readToken(signingKey, hello.token);
  return visitor ? welcome(visitor) : refuse('token', 'The visitor token is not one of ours.');
};
