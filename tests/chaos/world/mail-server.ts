import { setTimeout as delay } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { Random } from '../../../connectors/simulator/random.ts';
import { freePort } from '../../support/services/find-services.mjs';
import { smtpReply, startSmtpSink } from '../../support/smtp-sink.ts';
import { Moods, SILENT_MS, type Mood } from './mood.ts';

const SLOW_MS = 1_500;
const ADDRESS = 'support@acme.example';

/** `lost`: the sender's server was told that it will never be taken, and gives up. */
export type Posted = 'taken' | 'later' | 'lost';

/** The customers' mail servers: bring mails to the hubs' port, and take the answers as their mood is. */
export class MailServer {
  mood: Mood = 'well';
  /** The bodies of the mails that it took. */
  readonly taken: string[] = [];
  readonly #moods = new Moods(new Random(2));
  #sink!: Awaited<ReturnType<typeof startSmtpSink>>;

  private constructor(private readonly port: number) {}

  static async open(): Promise<MailServer> {
    const server = new MailServer(await freePort());
    server.#sink = await startSmtpSink({ data: (raw) => server.#take(raw) });
    return server;
  }

  get settings(): object {
    return {
      address: ADDRESS,
      displayName: 'Acme Support',
      inbound: { mode: 'receiver', port: this.port, host: '127.0.0.1' },
      outbound: { host: '127.0.0.1', port: this.#sink.port, secure: false },
    };
  }

  /** One try. */
  async post(mail: { messageId: string; from: string; subject: string; text: string }): Promise<Posted> {
    const timeouts = { connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 5_000 };
    const program = createTransport({ host: '127.0.0.1', port: this.port, ignoreTLS: true, ...timeouts });
    try {
      await program.sendMail({ ...mail, to: ADDRESS });
      return 'taken';
    } catch (error) {
      return ((error as { responseCode?: number }).responseCode ?? 0) >= 500 ? 'lost' : 'later';
    } finally {
      program.close();
    }
  }

  close(): Promise<void> {
    return this.#sink.stop();
  }

  async #take(raw: Buffer): Promise<Error | 'cut' | null> {
    const mood = this.#moods.next(this.mood);
    if (mood === 'busy') return smtpReply(451, 'Come back later');
    if (mood === 'broken') return 'cut';
    this.taken.push((await simpleParser(raw)).text ?? '');
    if (mood === 'slow') await delay(SLOW_MS);
    if (mood === 'silent') await delay(SILENT_MS, undefined, { ref: false });
    return mood === 'forgetful' || mood === 'silent' ? 'cut' : null;
  }
}
