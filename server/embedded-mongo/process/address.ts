import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Address } from '../wire/listen.ts';

/** sockaddr_un holds 108 bytes with the final zero on Linux, 104 on macOS. */
const MAX_SOCKET_PATH_BYTES = 103;

const fits = (path: string) => Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES;

/**
 * Where the server of a data directory listens: on a socket in it, or, where that path is too long for a socket, in the
 * directory for temporary files. On Windows, and where neither is short enough, on a free port of 127.0.0.1.
 */
export function defaultAddress(dataDir: string, platform = process.platform, temporary = tmpdir()): Address {
  if (platform === 'win32') return { port: 0 };
  const inside = join(resolve(dataDir), 'mongo.sock');
  if (fits(inside)) return { socket: inside };
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  const outside = join(temporary, `switchboard-${hash}.sock`);
  return fits(outside) ? { socket: outside } : { port: 0 };
}

export type ParsedAddress = { ok: true; address: Address } | { ok: false; reason: string };

/** The value of --listen: a port or the path of a socket. */
export function parseAddress(text: string): ParsedAddress {
  if (/^\d+$/.test(text)) {
    const port = Number(text);
    return port <= 65535 ? { ok: true, address: { port } } : { ok: false, reason: `${port} is no port` };
  }
  // The driver takes a path that does not end so for a host's name.
  if (!text.endsWith('.sock')) return { ok: false, reason: `the socket's path must end in .sock: ${text}` };
  if (!fits(text)) {
    return { ok: false, reason: `the socket's path is longer than ${MAX_SOCKET_PATH_BYTES} bytes: ${text}` };
  }
  return { ok: true, address: { socket: text } };
}

export const addressText = (address: Address): string => ('socket' in address ? address.socket : String(address.port));
