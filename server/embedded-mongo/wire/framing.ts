const MAX_MESSAGE_BYTES = 48 * 2 ** 20;
const HEADER_BYTES = 16;

/** Cuts a connection's bytes into messages. A message of many chunks is put together once, when it is complete. */
export class Framing {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #wanted = HEADER_BYTES;

  /** The messages that these bytes complete. Throws on an impossible length. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#wanted) return [];
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#buffered);
    const messages: Buffer[] = [];
    let at = 0;
    this.#wanted = HEADER_BYTES;
    while (bytes.length - at >= HEADER_BYTES) {
      const length = bytes.readInt32LE(at);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new Error(`a message of ${length} bytes`);
      if (bytes.length - at < length) {
        this.#wanted = length;
        break;
      }
      messages.push(bytes.subarray(at, at + length));
      at += length;
    }
    this.#chunks = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#buffered = bytes.length - at;
    return messages;
  }
}
