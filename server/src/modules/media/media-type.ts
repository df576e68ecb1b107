import { fileTypeFromBuffer } from 'file-type';

/** What file-type asks for to tell office documents and films apart. */
export const SAMPLE_BYTES = 4100;
const UNKNOWN = 'application/octet-stream';

/** What a browser may show in place: none of these can carry script. No SVG, no HTML, no PDF. */
const shown = new Set([
  ...['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'],
  ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/ogg', 'audio/opus', 'audio/wav', 'audio/flac'],
  ...['audio/webm', 'audio/amr', 'audio/3gpp'],
  ...['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'video/3gpp'],
]);
export const mayShowInPlace = (mimeType: string): boolean => shown.has(plain(mimeType));
/** Players ask for parts of a sound or film. */
export const isPlayed = (mimeType: string): boolean => /^(audio|video)\//.test(mimeType);

/** Kinds of text have no magic number: for these the name decides, and none of them is shown in place. */
const textTypes: Record<string, string> = {
  csv: 'text/csv',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  svg: 'image/svg+xml',
};

/** The type of a file by its first bytes, whatever the sender says. */
export async function sniffType(head: Uint8Array, fileName: string): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return plain(found.mime);
  if (!isText(head)) return UNKNOWN;
  const extension = fileName.split('.').at(-1)?.toLowerCase() ?? '';
  return textTypes[extension] ?? 'text/plain';
}

const plain = (mimeType: string) => mimeType.split(';')[0]?.trim().toLowerCase() ?? UNKNOWN;

function isText(head: Uint8Array): boolean {
  if (head.length === 0 || head.includes(0)) return false;
  // `stream`: the sample may end in the middle of a letter.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    // Not UTF-8: some other encoding of text is left to the program that opens it.
    return false;
  }
}
