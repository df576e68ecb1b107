import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { twilioSignature } from '../../../connectors/simulator/sms/signature.ts';
import type { Subject } from './subject.ts';

/** Ten messages a conversation, as the goals' million messages in a hundred thousand tickets. */
const MESSAGES_PER_TICKET = 10;
/** Conversations that go on at once. */
const TALKING = 200;
const CONNECTIONS = 64;
const AGAIN_MS = 50;
/** Over all loads of a run: each has customers of its own. */
let phones = 0;
const WORDS = 'It came yesterday, and the box was open on one side. '.repeat(20).slice(0, 1000);

export interface Passage {
  /** The provider has its 2xx. */
  readonly acknowledgedMs: number;
  /** The agent's console has the message. */
  readonly toldMs: number;
}

/** Of one post: a message that is asked to come again has several. */
export interface Answer {
  readonly ms: number;
  readonly taken: boolean;
}

/** Customers who write texts: signed webhooks of 1.5 KB in, and out comes what the console was told. */
export class SmsLoad {
  private readonly pools: Pool[];
  private readonly sent = new Map<string, number>();
  private readonly waiting = new Map<string, Map<number, () => void>>();
  private readonly talking: string[] = [];
  private answers: Answer[] | null = null;
  private customers = 0;
  private turn = 0;
  /** By turns to each of the addresses. */
  constructor(
    private readonly subject: Subject,
    private readonly urls: readonly string[] = [subject.webhookUrl],
  ) {
    this.pools = urls.map((url) => new Pool(new URL(url).origin, { connections: CONNECTIONS }));
    subject.onTold((phone, messages) => this.told(phone, messages));
  }

  /** Resolves when the console has the message. */
  async send(): Promise<Passage> {
    const phone = this.nextPhone();
    const number = (this.sent.get(phone) ?? 0) + 1;
    this.sent.set(phone, number);
    const arrival = new Promise<number>((resolve) =>
      this.waitingFor(phone).set(number, () => resolve(performance.now())),
    );
    const started = performance.now();
    const acknowledgedMs = (await this.post(phone)) - started;
    return { acknowledgedMs, toldMs: (await arrival) - started };
  }

  /** Gathers from now on how each post is answered. */
  watchAnswers(): readonly Answer[] {
    this.answers = [];
    return this.answers;
  }

  /** Messages whose arrival is still awaited. */
  get underway(): number {
    return [...this.waiting.values()].reduce((sum, numbers) => sum + numbers.size, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.destroy()));
  }

  /** As a provider does: what is asked to come again comes again, sooner here than theirs. */
  private async post(phone: string): Promise<number> {
    const form = formOf(phone);
    const at = this.turn % this.urls.length;
    const url = this.urls[at] as string;
    const request = {
      path: new URL(url).pathname,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(this.subject.authToken, url, form),
      },
      body: form.toString(),
    } as const;
    for (;;) {
      const asked = performance.now();
      const { statusCode, body } = await (this.pools[at] as Pool).request(request);
      await body.dump();
      this.answers?.push({ ms: performance.now() - asked, taken: statusCode < 300 });
      if (statusCode < 300) return performance.now();
      if (statusCode !== 503) throw new Error(`A webhook was answered with ${statusCode}`);
      await delay(AGAIN_MS);
    }
  }

  /** The k-th message that a console hears of is the k-th or an earlier one that was sent: all up to it have come. */
  private told(phone: string, messages: number): void {
    const numbers = this.waitingFor(phone);
    for (const [number, resolve] of numbers) {
      if (number > messages) continue;
      numbers.delete(number);
      resolve();
    }
  }

  private waitingFor(phone: string): Map<number, () => void> {
    const known = this.waiting.get(phone);
    if (known !== undefined) return known;
    const fresh = new Map<number, () => void>();
    this.waiting.set(phone, fresh);
    return fresh;
  }

  /** Round and round those who talk; who has said enough is followed by somebody new. */
  private nextPhone(): string {
    const at = this.turn++ % TALKING;
    const phone = this.talking[at];
    if (phone !== undefined && (this.sent.get(phone) ?? 0) < this.lengthOf(at)) return phone;
    if (phone !== undefined) this.forget(phone);
    this.customers += 1;
    const next = `+1555${String(1_000_000 + phones++)}`;
    this.talking[at] = next;
    return next;
  }

  /** At the start they are not all new at once: the first of each place says less. */
  private lengthOf(at: number): number {
    return this.customers <= TALKING ? 1 + (at % MESSAGES_PER_TICKET) : MESSAGES_PER_TICKET;
  }

  private forget(phone: string): void {
    if (this.waitingFor(phone).size === 0) this.waiting.delete(phone);
  }
}

function formOf(phone: string): URLSearchParams {
  return new URLSearchParams({
    ToCountry: 'US',
    ToState: 'CA',
    SmsMessageSid: '',
    NumMedia: '0',
    ToCity: 'SAN FRANCISCO',
    FromZip: '94105',
    FromState: 'CA',
    SmsStatus: 'received',
    FromCity: 'SAN FRANCISCO',
    FromCountry: 'US',
    ToZip: '94105',
    NumSegments: '7',
    AccountSid: `AC${'0'.repeat(32)}`,
    ApiVersion: '2010-04-01',
    MessageSid: `SM${randomBytes(16).toString('hex')}`,
    From: phone,
    To: '+15550006666',
    Body: WORDS,
  });
}
