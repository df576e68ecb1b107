import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { selfSigned } from './self-signed.ts';

export interface SunkMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly encrypted: boolean;
}

type Reply = Error | 'cut' | null;

/** What the server says at each step; null is yes, 'cut' ends the connection without an answer. */
export interface SinkScript {
  readonly signIn?: Reply;
  readonly recipient?: (address: string) => Reply;
  readonly data?: (raw: Buffer) => Reply | Promise<Reply>;
  readonly auth?: boolean;
  /** Encrypts from the start, or when asked to. */
  readonly tls?: 'implicit' | 'starttls';
  /** Its own, unless it is to be one that somebody trusts. */
  readonly certificate?: { readonly key: string; readonly cert: string };
}

export const smtpReply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** A mail server that takes what it is sent and remembers it, or answers as it is told. */
export const startSmtpSink = async ({
  signIn = null,
  recipient,
  data,
  auth = false,
  tls,
  certificate,
}: SinkScript = {}) => {
  const mails: SunkMail[] = [];
  const server = new SMTPServer({
    authOptional: !auth,
    allowInsecureAuth: true,
    ...(tls === undefined
      ? { hideSTARTTLS: true }
      : { ...(certificate ?? selfSigned('127.0.0.1')), secure: tls === 'implicit' }),
    disableReverseLookup: true,
    onAuth: ({ username }, _session, done) =>
      signIn instanceof Error ? done(signIn) : done(null, { user: username ?? '' }),
    onRcptTo: ({ address }, _session, done) => {
      const reply = recipient?.(address) ?? null;
      done(reply instanceof Error ? reply : null);
    },
    onData: (stream, session, done) => {
      void buffer(stream).then(async (raw) => {
        const reply = (await data?.(raw)) ?? null;
        if (reply === 'cut') return [...server.connections].forEach((connection) => connection.close());
        if (reply) return done(reply);
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw,
          encrypted: session.secure,
        });
        done(null, 'taken');
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, stop: () => new Promise<void>((resolve) => server.close(resolve)) };
};
