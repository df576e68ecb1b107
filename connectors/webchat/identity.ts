import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Who a browser was found to be. `email` only where it was proven. */
const Visitor = z.object({
  id: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  email: z.email().optional(),
});
export type Visitor = z.infer<typeof Visitor>;

const hmac = (key: Buffer | string, purpose: string, text: string): Buffer =>
  createHmac('sha256', key).update(purpose).update(text).digest();

const same = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

const tokenSignature = (key: Buffer, payload: string): Buffer => hmac(key, 'visitor-token:', payload);

/** What the browser keeps: the visitor and our signature, so that nobody can name another's conversation. */
export const signToken = (key: Buffer, visitor: Visitor): string => {
  const payload = Buffer.from(JSON.stringify(visitor)).toString('base64url');
  return `${payload}.${tokenSignature(key, payload).toString('base64url')}`;
};

export const readToken = (key: Buffer, token: string): Visitor | null => {
  const [payload = '', signature = ''] = token.split('.');
  if (!same(Buffer.from(signature, 'base64url'), tokenSignature(key, payload))) return null;
  return Visitor.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
};

/** `hash` is hex of HMAC-SHA256(secret, userId), as the host page's server computed it. */
export const provesIdentity = (secret: string, userId: string, hash: string): boolean =>
  same(Buffer.from(hash, 'hex'), hmac(secret, '', userId));

/** The same person has the same id in every browser. UUID version 8: of our own making. */
export const visitorIdOf = (key: Buffer, userId: string): string => {
  const bytes = hmac(key, 'visitor-of-user:', userId).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
