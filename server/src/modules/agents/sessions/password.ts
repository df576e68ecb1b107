import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { turns } from './turns.ts';

/** OWASP's scrypt setting of 32 MiB: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt */
const costs = { log2N: 15, r: 8, p: 3 };
const KEY_BYTES = 32;

/** `scrypt$15$8$3$salt$key`: the costs are kept with each hash, so that they can be raised. */
export async function hashPassword(password: string, salt = randomBytes(16)): Promise<string> {
  const key = await derive(password, salt, costs);
  return ['scrypt', costs.log2N, costs.r, costs.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Takes as long for a wrong password as for the right one. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [scheme, log2N, r, p, salt = '', key = ''] = hash.split('$');
  if (scheme !== 'scrypt') throw new Error('A stored password hash has an unknown scheme');
  const stored = Buffer.from(key, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
  });
  return stored.length === found.length && timingSafeEqual(stored, found);
}

/** Hashing holds one of Node's four worker threads for long: the others stay free for files and name look-ups. */
const inTurn = turns(2);

function derive(password: string, salt: Buffer, { log2N, r, p }: typeof costs): Promise<Buffer> {
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 256 * N * r };
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        // The same password may be typed as composed or decomposed letters, by keyboard.
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
}
