import { randomUUID } from 'node:crypto';

export interface FilePart {
  readonly name: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

const quoted = (value: string): string => value.replace(/["\r\n]/g, (char) => encodeURIComponent(char));

/** A `multipart/form-data` body as in RFC 7578; fields without a value are left out. */
export const multipartOf = (
  fields: Readonly<Record<string, string | number | undefined>>,
  files: readonly FilePart[],
): { contentType: string; body: Uint8Array<ArrayBuffer> } => {
  const boundary = `switchboard-${randomUUID()}`;
  const head = (disposition: string, more = '') =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}${more}\r\n\r\n`);
  const end = Buffer.from('\r\n');
  const chunks = [
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [head(`name="${quoted(name)}"`), Buffer.from(String(value)), end],
    ),
    ...files.flatMap(({ name, fileName, mimeType, bytes }) => [
      head(`name="${quoted(name)}"; filename="${quoted(fileName)}"`, `\r\nContent-Type: ${quoted(mimeType)}`),
      bytes,
      end,
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: new Uint8Array(Buffer.concat(chunks)) };
};
