import { describe, expect, it } from '@jest/globals';
import { hashPassword, passwordMatches } from './password.ts';

describe('passwords', () => {
  it('match themselves and nothing else', async () => {
    const hash = await hashPassword('correct horse');
    expect(await passwordMatches('correct horse', hash)).toBe(true);
    expect(await passwordMatches('correct horse ', hash)).toBe(false);
    expect(await passwordMatches('', hash)).toBe(false);
  });

  it('hash to something else for each person, without the password in it', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^scrypt\$15\$8\$3\$[^$]{24}\$[^$]{44}$/);
  });

  it('still match when they were hashed at other costs', async () => {
    // RFC 7914 §12, cut to 32 bytes: scrypt("password", "NaCl", N=1024, r=8, p=16).
    const key = Buffer.from('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162', 'hex').toString(
      'base64',
    );
    const hash = `scrypt$10$8$16$${Buffer.from('NaCl').toString('base64')}$${key}`;
    expect(await passwordMatches('password', hash)).toBe(true);
    expect(await passwordMatches('Password', hash)).toBe(false);
  });

  it('match however the keyboard composes letters', async () => {
    expect(await passwordMatches('Zu\u0308richsee!', await hashPassword('Z\u00fcrichsee!'))).toBe(true);
  });

  it('refuse a hash of unknown making', async () => {
    await expect(passwordMatches('x', 'md5$x')).rejects.toThrow('unknown scheme');
  });
});
