import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token that tells us which ticket an answer belongs to stands in the address that the customer answers to,
 * `support+<token>@example.org`. It is signed, as anyone can write to any address, and survives gateways that lower-case it.
 */
const macLength = 16;
const maxLocalPart = 64;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

const toBase32 = (bytes: Buffer): string => {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)]).join('');
};

const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
};

type Purpose = 'reply-address' | 'message-id';

const macOf = (key: Buffer, purpose: Purpose, payload: string): string =>
  toBase32(createHmac('sha256', key).update(`${purpose}:${payload}`).digest()).slice(0, macLength);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The first letter says how the rest is to be read: u a UUID's bytes, t the token as it is, x its bytes. */
const encode = (token: string): string => {
  if (uuid.test(token)) return `u${toBase32(Buffer.from(token.replaceAll('-', ''), 'hex'))}`;
  return /^[a-z0-9]+$/.test(token) ? `t${token}` : `x${toBase32(Buffer.from(token))}`;
};

const decoders: Readonly<Record<string, (rest: string) => string>> = {
  u: (rest) =>
    fromBase32(rest)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  t: (rest) => rest,
  x: (rest) => fromBase32(rest).toString('utf8'),
};

const isSigned = (key: Buffer, purpose: Purpose, payload: string, mac: string): boolean => {
  const given = Buffer.from(mac);
  const expected = Buffer.from(macOf(key, purpose, payload));
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const split = (address: string): [local: string, domain: string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

/** null: no room for it, as the part before the @ may have 64 characters at most. */
export const replyAddress = (key: Buffer, address: string, token: string): string | null => {
  const [local, domain] = split(address);
  const payload = encode(token);
  const plused = `${local}+${payload}${macOf(key, 'reply-address', payload)}`;
  return plused.length <= maxLocalPart ? `${plused}@${domain}` : null;
};

/** Undoes `replyAddress`. null where the address is none of ours, carries nothing, or somebody made it up. */
export const replyTokenIn = (key: Buffer, ours: readonly string[], address: string): string | null => {
  const [local, domain] = split(address.toLowerCase());
  const plus = local.indexOf('+');
  if (plus < 0 || !ours.includes(`${local.slice(0, plus)}@${domain}`)) return null;
  const payload = local.slice(plus + 1, -macLength);
  if (!isSigned(key, 'reply-address', payload, local.slice(-macLength))) return null;
  return decoders[payload[0] ?? '']?.(payload.slice(1)) ?? null;
};

/** Is it one of our addresses, whatever stands behind its plus? */
export const isOurs = (ours: readonly string[], address: string): boolean => {
  const [local, domain] = split(address.toLowerCase());
  return ours.includes(`${local}@${domain}`) || ours.includes(`${local.replace(/\+.*$/, '')}@${domain}`);
};

const ownId = /^sb\.([0-9a-f-]{36})\.([a-z2-7]{16})@/;

/** The Message-ID that we give, known before the mail is sent; signed, so that nobody can pass a mail off as ours. */
export const ownMessageId = (key: Buffer, messageId: string, address: string): string =>
  `sb.${messageId}.${macOf(key, 'message-id', messageId)}@${split(address)[1]}`;

export const isOwnMessageId = (key: Buffer, id: string): boolean => {
  const [, messageId, mac] = ownId.exec(id) ?? [];
  return messageId !== undefined && mac !== undefined && isSigned(key, 'message-id', messageId, mac);
};
