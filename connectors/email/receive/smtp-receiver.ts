import { ConnectorError, type ConnectorLog, type RawRequest } from '@switchboard/contract';
import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { maxMailBytes } from '../capabilities.ts';
import type { ReceiverSettings } from '../settings.ts';
import { isOurs } from '../thread/reply-token.ts';

/** An account that takes mail on a port: for these addresses, whatever stands behind their plus. */
export interface MailTaker {
  readonly ours: readonly string[];
  receive(request: RawRequest): Promise<unknown>;
  readonly log: ConnectorLog;
  readonly now: () => Date;
}

/** So long an account that has just left is not an unknown one: it may be back, perhaps on another process. */
const LEAVING_MS = 60_000;

const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

const readAll = async (stream: SMTPServerDataStream): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
};

/**
 * As the last server on the mail's way we add the two lines that say what the envelope said (RFC 5321, 4.4). Without a time
 * in them: a mail that is offered again is the same bytes again.
 */
const withEnvelope = (from: string, recipients: readonly string[], body: Buffer): Buffer => {
  const lines = [`Return-Path: <${from}>`, ...recipients.map((recipient) => `Delivered-To: ${recipient}`)];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`), body]);
};

/** One SMTP server on one port, shared by all accounts of this process that receive on it. */
export class SmtpReceiver {
  readonly #takers = new Set<MailTaker>();
  readonly #left = new Map<MailTaker, number>();
  readonly #server: SMTPServer;

  constructor({ certificate, privateKey }: ReceiverSettings) {
    // Without a certificate of one's own no STARTTLS: the private key of smtp-server's built-in one is public.
    const tls = certificate && privateKey ? { cert: certificate, key: privateKey } : { hideSTARTTLS: true };
    this.#server = new SMTPServer({
      ...tls,
      banner: 'Switchboard',
      size: maxMailBytes,
      authOptional: true,
      disabledCommands: ['AUTH'],
      disableReverseLookup: true,
      maxClients: 30,
      socketTimeout: 60_000,
      closeTimeout: 5_000,
      onRcptTo: ({ address }, _session, done) => done(this.#takerOf(address) ? null : this.#refusalOf(address)),
      onData: (stream, session, done) => {
        this.#take(stream, session).then(
          () => done(null, '2.0.0 Kept'),
          (error: Error & { responseCode?: number }) =>
            done(error.responseCode ? error : answer(451, '4.3.0 Could not be kept, please try again')),
        );
      },
    });
  }

  get isIdle(): boolean {
    return this.#takers.size === 0;
  }

  async listen(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    this.#server.removeAllListeners('error');
    this.#server.on('error', (error: Error) => {
      for (const { log } of this.#takers) log.warn('smtp connection failed', { reason: error.message });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  add(taker: MailTaker): void {
    this.#takers.add(taker);
  }

  remove(taker: MailTaker): void {
    this.#takers.delete(taker);
    this.#left.set(taker, taker.now().getTime());
  }

  #takerOf(address: string): MailTaker | undefined {
    return [...this.#takers].find(({ ours }) => isOurs(ours, address));
  }

  /** A "no" for good makes the sender's server send the mail back: only where nobody can be meant. */
  #refusalOf(address: string): Error {
    const leaving = [...this.#left].some(
      ([{ ours, now }, at]) => isOurs(ours, address) && now().getTime() - at < LEAVING_MS,
    );
    const opening = this.isIdle;
    return leaving || opening
      ? answer(451, '4.3.2 Not now, please try again')
      : answer(550, '5.1.1 No such address here');
  }

  /** Resolves once every account that the envelope names has the mail. Offered again, those that have it know it. */
  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const body = await readAll(stream);
    if (!body) throw answer(552, `5.3.4 Mails of more than ${maxMailBytes / 1_000_000} MB are not taken`);
    const { mailFrom, rcptTo } = session.envelope;
    const addresses = rcptTo.map(({ address }) => address);
    const takers = addresses.map((address) => {
      const taker = this.#takerOf(address);
      // It was there when the recipient was named, and left while the mail came in.
      if (!taker) throw this.#refusalOf(address);
      return taker;
    });
    for (const taker of new Set(takers)) {
      const recipients = addresses.filter((_, index) => takers[index] === taker);
      const rawBody = withEnvelope(mailFrom ? mailFrom.address : '', recipients, body);
      const url = `smtp:${recipients[0] ?? ''}`;
      await taker.receive({ method: 'SMTP', url, hook: '', headers: {}, rawBody, receivedAt: taker.now() });
    }
  }
}

const receivers = new Map<string, Promise<SmtpReceiver>>();

const listenError = (error: NodeJS.ErrnoException, port: number): ConnectorError =>
  error.code === 'EACCES'
    ? new ConnectorError('rejected', `The hub may not listen on port ${port}: choose one above 1024`, { cause: error })
    : new ConnectorError(
        'temporary',
        `The hub cannot listen on port ${port}: ${error.code === 'EADDRINUSE' ? 'it is in use' : error.message}`,
        { cause: error },
      );

const openReceiver = async (settings: ReceiverSettings): Promise<SmtpReceiver> => {
  const receiver = new SmtpReceiver(settings);
  await receiver.listen(settings.port, settings.host);
  return receiver;
};

/** Takes mail until the signal. The last account to leave closes the port. */
export const receiveBySmtp = async (
  taker: MailTaker,
  settings: ReceiverSettings,
  signal: AbortSignal,
): Promise<void> => {
  const place = `${settings.host}:${settings.port}`;
  const opening = receivers.get(place) ?? openReceiver(settings);
  receivers.set(place, opening);
  const receiver = await opening.catch((error: NodeJS.ErrnoException) => {
    receivers.delete(place);
    throw listenError(error, settings.port);
  });
  receiver.add(taker);
  if (!signal.aborted) await once(signal, 'abort');
  receiver.remove(taker);
  if (!receiver.isIdle || receivers.get(place) !== opening) return;
  receivers.delete(place);
  await receiver.close();
};
