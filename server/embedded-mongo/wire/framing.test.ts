import { describe, expect, it } from '@jest/globals';
import { Framing } from './framing.ts';

function message(length: number, fill: number): Buffer {
  const bytes = Buffer.alloc(length, fill);
  bytes.writeInt32LE(length, 0);
  return bytes;
}

const messages = [message(16, 1), message(40, 2), message(1000, 3), message(17, 4)];
const stream = Buffer.concat(messages);

describe('the framing of messages', () => {
  it.each([1, 3, 15, 16, 17, 100, 5000])('finds the same messages in chunks of %i bytes', (size) => {
    const framing = new Framing();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size) found.push(...framing.push(stream.subarray(at, at + size)));
    expect(found).toEqual(messages);
  });

  it.each([0, 15, -1, 2 ** 30])('refuses a message of %i bytes', (length) => {
    const bytes = Buffer.alloc(16);
    bytes.writeInt32LE(length, 0);
    expect(() => new Framing().push(bytes)).toThrow('a message of');
  });
});
