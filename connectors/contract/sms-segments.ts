export interface SmsSegments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** How many SMS the text is sent and billed as; 0 for an empty text. */
  readonly segments: number;
  /** In units of the encoding: septets, or UTF-16 code units. */
  readonly length: number;
  /** Units that one segment of this text holds. */
  readonly perSegment: number;
  /** Units left before the next segment begins. */
  readonly remaining: number;
}

/** 3GPP TS 23.038 §6.2.1, the default alphabet (ESC left out) and its extension table, whose characters take two septets. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

/** Units of one SMS, and of each part where more than one must be joined: the user data header takes 6 bytes of the 140. */
const capacity = {
  'GSM-7': { single: 160, joined: 153 },
  'UCS-2': { single: 70, joined: 67 },
} as const;

/** How a carrier cuts the text. A character of two units (extension table, surrogate pair) is never cut in half. */
export const smsSegments = (text: string): SmsSegments => {
  const characters = [...text];
  const encoding = characters.every((c) => basic.has(c) || extended.has(c)) ? 'GSM-7' : 'UCS-2';
  const width = (c: string): number => (encoding === 'UCS-2' ? c.length : extended.has(c) ? 2 : 1);
  const length = characters.reduce((sum, c) => sum + width(c), 0);
  const { single, joined } = capacity[encoding];
  if (length <= single) {
    return { encoding, segments: length === 0 ? 0 : 1, length, perSegment: single, remaining: single - length };
  }
  let segments = 1;
  let used = 0;
  for (const c of characters) {
    if (used + width(c) > joined) {
      segments += 1;
      used = 0;
    }
    used += width(c);
  }
  return { encoding, segments, length, perSegment: joined, remaining: joined - used };
};
