import { ConnectorError, type ConnectorContext } from '@switchboard/contract';
import { AuthenticationFailure, ImapFlow } from 'imapflow';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImapSettings } from '../settings.ts';

/** Also when IDLE tells nothing: some servers forget to. */
const pollMs = 5 * 60_000;
const backoffMs = [1_000, 5_000, 15_000, 60_000, 180_000] as const;
const patience = 3;
const resyncDays = 7;

export const openImap = (settings: ImapSettings, waitMs: number): ImapFlow => {
  const { host, port, secure, user, password } = settings;
  const client = new ImapFlow({
    ...{ host, port, secure, auth: { user, pass: password } },
    ...{ logger: false, connectionTimeout: waitMs, greetingTimeout: waitMs, socketTimeout: pollMs + 60_000 },
    ...{ disableAutoIdle: true, maxIdleTime: pollMs },
  });
  // The same failure also rejects the command that runs; an emitter without a listener would end the process.
  client.on('error', () => undefined);
  return client;
};

const signInRefused = (error: unknown) =>
  error instanceof AuthenticationFailure || (error instanceof Error && 'authenticationFailed' in error);

export const imapError = (error: unknown): ConnectorError => {
  if (error instanceof ConnectorError) return error;
  if (signInRefused(error))
    return new ConnectorError('unauthorised', 'The IMAP server refuses the user name or password', { cause: error });
  const said = error instanceof Error ? error.message : String(error);
  return new ConnectorError('temporary', `The IMAP server cannot be used: ${said}`, { cause: error });
};

interface Cursor {
  readonly validity: string;
  readonly uid: number;
}

export const parseCursor = (text: string | null): Cursor | null => {
  const [, validity, uid] = /^(\d+):(\d+)$/.exec(text ?? '') ?? [];
  return validity && uid ? { validity, uid: Number(uid) } : null;
};

/** Oldest first. "n:*" names the newest mail even where it is older than n. */
export const uidsBeyond = async (client: ImapFlow, uid: number): Promise<number[]> => {
  const found = (await client.search({ uid: `${uid + 1}:*` }, { uid: true })) || [];
  return found.filter((one) => one > uid).sort((a, b) => a - b);
};

/** Reads one mailbox, oldest first. The cursor moves when a mail is kept, never before. */
export class ImapReceiver {
  readonly #settings: ImapSettings;
  readonly #context: ConnectorContext;
  /** Mails that the server fails to give, by UID: one of them shall not hold back all that came after it. */
  readonly #failures = new Map<number, number>();

  constructor(settings: ImapSettings, context: ConnectorContext) {
    this.#settings = settings;
    this.#context = context;
  }

  /** Until the signal; connects again whenever the connection is lost. Rejects when the sign-in is refused. */
  async run(signal: AbortSignal): Promise<void> {
    for (let losses = 0; !signal.aborted;) {
      try {
        await this.#session(signal, () => {
          losses = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        const problem = imapError(error);
        if (problem.code === 'unauthorised') throw problem;
        const waitMs = backoffMs[Math.min(losses, backoffMs.length - 1)] ?? 0;
        losses += 1;
        this.#context.log.warn('imap connection lost', { reason: problem.message, waitMs });
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #session(signal: AbortSignal, onConnected: () => void): Promise<void> {
    const client = openImap(this.#settings, 30_000);
    const stop = () => client.close();
    signal.addEventListener('abort', stop);
    try {
      await client.connect();
      await client.mailboxOpen(this.#settings.mailbox, { readOnly: true });
      onConnected();
      this.#context.connected();
      let cursor = await this.#start(client);
      while (!signal.aborted) {
        // Before the look, so that what arrives during it is not missed.
        const news = newsOf(client);
        cursor = await this.#catchUp(client, cursor, signal);
        void client.idle().catch(() => undefined);
        await news;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      client.close();
    }
  }

  /**
   * A new account begins with the mail that is new from now on. When the server has numbered its mails anew (UIDVALIDITY,
   * RFC 3501, 2.3.1.1), the last days are read again: what is known is recognised by its Message-ID.
   */
  async #start(client: ImapFlow): Promise<Cursor> {
    const mailbox = client.mailbox;
    if (!mailbox) throw new ConnectorError('temporary', `The mailbox ${this.#settings.mailbox} cannot be opened`);
    const validity = String(mailbox.uidValidity);
    const known = parseCursor(await this.#context.loadCursor());
    if (known?.validity === validity) return known;
    const end = { validity, uid: Math.max(0, mailbox.uidNext - 1) };
    const since = new Date(this.#context.now().getTime() - resyncDays * 86_400_000);
    const recent = known ? (await client.search({ since }, { uid: true })) || [] : [];
    const start = recent.length > 0 ? { validity, uid: Math.min(...recent) - 1 } : end;
    this.#context.log.info(known ? 'imap mailbox renumbered, reading the last days again' : 'imap mailbox opened', {
      from: start.uid,
    });
    await this.#save(start);
    return start;
  }

  async #catchUp(client: ImapFlow, cursor: Cursor, signal: AbortSignal): Promise<Cursor> {
    let reached = cursor;
    for (const uid of await uidsBeyond(client, cursor.uid)) {
      if (signal.aborted) break;
      await this.#take(client, uid);
      reached = { ...reached, uid };
      await this.#save(reached);
    }
    return reached;
  }

  async #take(client: ImapFlow, uid: number): Promise<void> {
    const source = await this.#fetch(client, uid);
    if (!source) return;
    const { log, now } = this.#context;
    const { outcome } = await this.#context.receive({
      method: 'IMAP',
      url: `imap:${this.#settings.mailbox};uid=${uid}`,
      hook: '',
      headers: {},
      rawBody: source,
      receivedAt: now(),
    });
    this.#failures.delete(uid);
    if (outcome === 'quarantined') log.warn('mail quarantined', { uid });
  }

  /** null: somebody deleted it, or the server has failed to give it three times over. */
  async #fetch(client: ImapFlow, uid: number): Promise<Buffer | null> {
    try {
      const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
      return message ? (message.source ?? null) : null;
    } catch (error) {
      const times = (this.#failures.get(uid) ?? 0) + 1;
      this.#failures.set(uid, times);
      if (times < patience) throw error;
      this.#failures.delete(uid);
      this.#context.log.error('imap server cannot give a mail, going on without it', { uid, reason: String(error) });
      return null;
    }
  }

  #save({ validity, uid }: Cursor): Promise<void> {
    return this.#context.saveCursor(`${validity}:${uid}`);
  }
}

/** New mail, or time to look again; rejects when the connection is lost, as it is at the latest when the session ends. */
const newsOf = (client: ImapFlow): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  const closed = async () => {
    await once(client, 'close', { signal });
    throw new ConnectorError('temporary', 'The IMAP server closed the connection');
  };
  const waits = [once(client, 'exists', { signal }), closed(), pause(pollMs, undefined, { signal })];
  const news = Promise.race(waits)
    .then(() => undefined)
    .finally(() => over.abort());
  // Nobody waits for these when the first of them has come, or when the look at the mailbox fails before.
  for (const wait of [...waits, news]) wait.catch(() => undefined);
  return news;
};
