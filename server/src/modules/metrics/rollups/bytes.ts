/** Numbers in as few bytes as they need: seven bits each, the eighth says that more follow. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }
  /** A whole number, not below 0. */
  whole(value: number): void {
    this.#room(8);
    let rest = value;
    // Beyond 32 bits there are no shifts.
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }
  number(value: number): void {
    this.#room(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }
  bytes(all: Uint8Array): void {
    this.#room(all.length);
    this.#bytes.set(all, this.#length);
    this.#length += all.length;
  }
  done(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    this.#bytes = Buffer.concat([this.#bytes], Math.max(2 * this.#bytes.length, this.#length + more));
  }
}

export class ByteReader {
  readonly #view: DataView;
  at = 0;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  whole(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('A sum ends in the middle');
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
    }
  }
  number(): number {
    const value = this.#view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }
  text(length: number): string {
    const text = Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at, length).toString();
    this.at += length;
    return text;
  }
}
