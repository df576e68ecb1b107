import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { Readable } from 'node:stream';
import { certificateOf, type Expiry } from '../certificate.ts';
import type { OutboundSettings } from '../settings.ts';
import { smtpError } from './smtp-errors.ts';

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000, dnsTimeout: 8_000 };

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}
export interface Accepted {
  readonly rejected: readonly string[];
}

/** One conversation with the server that sends for us: connect, sign in, `use`, quit. */
const withSession = <T>(settings: OutboundSettings, use: (connection: SMTPConnection) => Promise<T>): Promise<T> => {
  const { host, port, secure, user, password, anyCertificate } = settings;
  const tls = { rejectUnauthorized: !anyCertificate };
  const connection = new SMTPConnection({ host, port, secure, tls, ...timeouts });
  const step = (run: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())));
  const conversation = async () => {
    await step((done) => connection.connect(done));
    if (user) await step((done) => connection.login({ user, pass: password ?? '' }, done));
    return use(connection);
  };
  const broken = new Promise<never>((_resolve, reject) => connection.on('error', reject));
  return Promise.race([conversation(), broken]).finally(() => connection.quit());
};

export const verifySmtp = (settings: OutboundSettings): Promise<Expiry | null> =>
  withSession(settings, async ({ _socket }) => certificateOf(_socket, settings.host)).catch((error: unknown) => {
    throw smtpError(error, false);
  });

/** The body is not read before the server asks for it: `begun` tells a refusal from an unknown outcome. */
const watched = (body: Readable, onBegin: () => void): Readable =>
  Readable.from(
    (async function* read() {
      onBegin();
      yield* body;
    })(),
  );

export const sendBySmtp = async (settings: OutboundSettings, envelope: Envelope, body: Readable): Promise<Accepted> => {
  let begun = false;
  const message = watched(body, () => {
    begun = true;
  });
  try {
    return await withSession(
      settings,
      (connection) =>
        new Promise<Accepted>((resolve, reject) =>
          connection.send({ from: envelope.from, to: [...envelope.to] }, message, (error, info) =>
            error ? reject(error) : resolve({ rejected: info?.rejected ?? [] }),
          ),
        ),
    );
  } catch (error) {
    throw smtpError(error, begun);
  } finally {
    body.destroy();
  }
};
