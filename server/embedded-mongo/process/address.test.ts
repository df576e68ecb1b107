import { describe, expect, it } from '@jest/globals';
import { defaultAddress, parseAddress } from './address.ts';

const long = `/${'d'.repeat(120)}`;

describe('the default address', () => {
  it('is a socket in the data directory', () => {
    expect(defaultAddress('/var/hub', 'linux')).toEqual({ socket: '/var/hub/mongo.sock' });
  });

  it('is a short path, of this directory alone, where that path is too long for a socket', () => {
    const [a, again, other] = [long, long, `${long}x`].map((dir) => defaultAddress(dir, 'linux', '/tmp'));
    expect(a).toEqual({ socket: expect.stringMatching(/^\/tmp\/switchboard-[0-9a-f]{16}\.sock$/) });
    expect(again).toEqual(a);
    expect(other).not.toEqual(a);
  });

  it('is a free port on Windows, and where every path is too long', () => {
    expect(defaultAddress('C:\\hub', 'win32')).toEqual({ port: 0 });
    expect(defaultAddress(long, 'linux', long)).toEqual({ port: 0 });
  });
});

describe('--listen', () => {
  it('takes a port or the path of a socket', () => {
    expect(parseAddress('27018')).toEqual({ ok: true, address: { port: 27018 } });
    expect(parseAddress('/run/x.sock')).toEqual({ ok: true, address: { socket: '/run/x.sock' } });
  });

  it.each([
    ['70000', 'no port'],
    ['/run/x', 'end in .sock'],
    [`${long}.sock`, 'longer than'],
  ])('refuses %s', (text, reason) => {
    expect(parseAddress(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
