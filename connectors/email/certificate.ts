import { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { Outlook } from '@switchboard/contract';

export type Expiry = NonNullable<Outlook['expires']>;

/** The certificate that the other side shows; null where nothing is encrypted, or no certificate is asked for. */
export const certificateOf = (socket: unknown, host: string): Expiry | null => {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  return { what: `the certificate of ${host}`, at: new Date(socket.getPeerCertificate().valid_to) };
};

/** Our own, as it was pasted into the settings. */
export const ownCertificate = (pem: string | undefined): Expiry | null =>
  pem ? { what: 'the certificate of the receiver', at: new Date(new X509Certificate(pem).validTo) } : null;

export const soonest = (...found: readonly (Expiry | null)[]): Expiry | null =>
  found.filter((one) => one !== null).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;
