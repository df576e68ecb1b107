import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const bytes = (tag: number, hex: string) => der(tag, Buffer.from(hex, 'hex'));
const day = (offset: number) => {
  const at = new Date(Date.now() + offset * 86_400_000).toISOString();
  return der(0x17, Buffer.from(`${at.slice(2, 19).replace(/[-T:]/g, '')}Z`));
};

/** A certificate that nobody vouches for, good for an IPv4 address, today (RFC 5280, written out: Node makes none). */
export function selfSigned(address: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(bytes(0x06, '2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(bytes(0x06, '550403'), der(0x0c, Buffer.from('a test')))));
  const forAddress = sequence(der(0x87, Buffer.from(address.split('.').map(Number))));
  const altNames = sequence(bytes(0x06, '551d11'), der(0x04, forAddress));
  const toSign = sequence(
    der(0xa0, bytes(0x02, '02')),
    bytes(0x02, '01'),
    ecdsaWithSha256,
    name,
    sequence(day(-1), day(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(altNames)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey));
  const body = sequence(toSign, ecdsaWithSha256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  };
}
