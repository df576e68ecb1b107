import { crc32, deflateSync } from 'node:zlib';
import type { Story } from './cast/story.ts';
import type { Random } from './random.ts';

export interface SentFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

type Colour = readonly [red: number, green: number, blue: number];
const width = 480;
const height = 360;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** https://www.w3.org/TR/png-3: eight bits of red, green and blue, no filter. */
const png = (colourAt: (x: number, y: number) => Colour): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (__, x) => colourAt(x, y)).flat()]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
};

const shade = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by];

/** A clay pot on a wooden table, with a crack: what customers of a garden shop take pictures of. */
const photo = (random: Random): SentFile => {
  const clay: Colour = [random.int(170, 205), random.int(95, 120), random.int(60, 80)];
  const cracks = Array.from({ length: 12 }, () => random.between(-9, 9));
  const crackAt = (y: number) =>
    230 + cracks.slice(0, Math.floor((y - 120) / 14) + 1).reduce((sum, step) => sum + step, 0);
  const colourAt = (x: number, y: number): Colour => {
    const half = y < 130 ? 112 : 100 - (y - 130) * 0.22;
    if (y > 90 && y < 290 && Math.abs(x - 240) < half) {
      const light = 1.05 - Math.abs(x - 190) / 320;
      return Math.abs(x - crackAt(y)) < 2.2 && y > 124 ? [52, 34, 26] : shade(clay, y < 130 ? light * 1.12 : light);
    }
    if (y > 275) return shade([150, 118, 84], 0.86 + 0.08 * Math.sin(x / 23 + Math.sin(y / 5)));
    return shade([222, 226, 218], 1 - y / 1400);
  };
  return { fileName: `IMG_${random.int(2041, 8890)}.png`, mimeType: 'image/png', bytes: png(colourAt) };
};

/** One page with one line on it. */
const invoice = (number: string): SentFile => {
  const text = `BT /F1 22 Tf 60 760 Td (Field & Fern) Tj 0 -40 Td /F1 13 Tf (Invoice ${number}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const tail = `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return { fileName: `invoice-${number}.pdf`, mimeType: 'application/pdf', bytes: Buffer.from(body + tail, 'latin1') };
};

/** What goes with the first words of a story. */
export const fileOf = ({ file, subject }: Story, random: Random): SentFile | undefined => {
  if (file === 'photo') return photo(random);
  return file === 'invoice' ? invoice(/R-\d+-\d+/.exec(subject)?.[0] ?? 'R-2026-1040') : undefined;
};
