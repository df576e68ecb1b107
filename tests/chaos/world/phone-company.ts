import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../../../connectors/simulator/random.ts';
import { shop } from '../../../connectors/simulator/shop.ts';
import { startFakeTwilio, type FakeTwilio, type MessageForm } from '../../../connectors/simulator/sms/fake-twilio.ts';
import { signedPost, statusForm, textForm } from '../../../connectors/simulator/sms/write-sms.ts';
import { Moods, SILENT_MS, type Mood } from './mood.ts';

const POST_MS = 5_000;
const SLOW_MS = 1_500;
const busy = { status: 429, body: { code: 20429, message: 'Too many requests' }, headers: { 'retry-after': '1' } };

/** The SMS provider: posts what phones write until it is taken, and takes what is sent to them as its mood is. */
export class PhoneCompany {
  mood: Mood = 'well';
  /** What it took of us, by the words: each entry would be a text on a phone. */
  readonly taken: string[] = [];
  #provider!: FakeTwilio;
  readonly #moods = new Moods(new Random(1));
  #webhooks: () => readonly string[] = () => [];
  readonly #reports: { sid: string; to: string }[] = [];

  static async open(): Promise<PhoneCompany> {
    const company = new PhoneCompany();
    company.#provider = await startFakeTwilio(shop.provider, {
      firstNumber: Date.now(),
      refuse: () => company.#refusal(),
      taken: (sid, form) => company.#take(sid, form),
      answer: () => company.#answer(),
    });
    return company;
  }

  get settings(): object {
    return { ...shop.provider, apiBaseUrl: this.#provider.url, from: shop.number };
  }

  /** The addresses of the account on every hub. */
  reach(webhooks: () => readonly string[]): void {
    this.#webhooks = webhooks;
  }

  /** One try at one of the hubs, chosen by `random`. */
  async text(text: { sid: string; from: string; text: string }, random: Random): Promise<boolean> {
    return this.#post(random.pick(this.#webhooks()), '', textForm(text));
  }

  /** Reports that are due: sent and delivered, in any order and twice. True when all of them have been taken. */
  async report(random: Random): Promise<boolean> {
    for (const report of this.#reports.splice(0)) {
      const statuses = random.chance(0.3) ? ['delivered', 'sent', 'delivered'] : ['sent', 'delivered'];
      const url = random.pick(this.#webhooks());
      const posts = statuses.map((status) => this.#post(url, 'status', statusForm(report.sid, report.to, status)));
      if (!(await Promise.all(posts)).every(Boolean)) this.#reports.push(report);
    }
    return this.#reports.length === 0;
  }

  close(): Promise<void> {
    return this.#provider.close();
  }

  #refusal() {
    const mood = this.#moods.next(this.mood);
    if (mood === 'busy') return busy;
    return mood === 'broken' ? { status: 500, body: { message: 'Internal error' } } : undefined;
  }

  #take(sid: string, { Body, To }: MessageForm): void {
    this.taken.push(String(Body));
    this.#reports.push({ sid, to: String(To) });
  }

  async #answer(): Promise<'hang-up' | undefined> {
    const mood = this.#moods.next(this.mood);
    if (mood === 'slow') await delay(SLOW_MS);
    if (mood === 'silent') await delay(SILENT_MS, undefined, { ref: false });
    return mood === 'forgetful' || mood === 'silent' ? 'hang-up' : undefined;
  }

  async #post(account: string, hook: string, form: URLSearchParams): Promise<boolean> {
    const url = hook === '' ? account : `${account}/${hook}`;
    const { headers, method, rawBody } = signedPost(url, hook, form, new Date());
    const init = { method, headers: { ...headers }, body: new Uint8Array(rawBody) };
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(POST_MS) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false; // no answer: it is tried again, like any other refusal
    }
  }
}
