import { twilioSignature } from '../sms/signature.ts';
import type { Leg } from './leg.ts';

export interface WireOptions {
  readonly jumbled: boolean;
  readonly problem: (what: string) => void;
  readonly closed: AbortSignal;
}

/** The exchange's way to the hub: signed posts, of which some wait for a document and the rest only tell. */
export class Wire {
  readonly #account: { readonly accountSid: string; readonly authToken: string };
  readonly #options: WireOptions;
  readonly #running = new Set<Promise<unknown>>();
  #held: (() => Promise<void>) | undefined;

  constructor(account: { readonly accountSid: string; readonly authToken: string }, options: WireOptions) {
    this.#account = account;
    this.#options = options;
  }

  /** What every request about a leg says. https://www.twilio.com/docs/usage/webhooks/voice-webhooks */
  form({ sid, from, to, status, direction, extra }: Leg): Record<string, string> {
    const sides = { From: from, To: to, Caller: from, Called: to };
    const about = { AccountSid: this.#account.accountSid, ApiVersion: '2010-04-01', CallSid: sid };
    return { ...about, ...sides, Direction: direction, CallStatus: status, ...extra };
  }

  async ask(leg: Leg, url: string, more: Record<string, string> = {}): Promise<string> {
    const response = await this.#post(url, { ...this.form(leg), ...more });
    const body = await response.text();
    if (!response.ok) throw new Error(`the webhook answered ${response.status}: ${body.slice(0, 100)}`);
    return body;
  }

  /** Jumbled: each twice, and every second one before the one before it. */
  report(url: string, form: Record<string, string>): void {
    const post = async () => {
      const response = await this.#post(url, form);
      await response.arrayBuffer();
      if (!response.ok) this.#options.problem(`the webhook answered ${response.status}`);
    };
    if (!this.#options.jumbled) return this.watch(post());
    const before = this.#held;
    this.#held = before ? undefined : () => post().then(post);
    if (before) this.watch(post().then(post).then(before));
  }

  watch(happening: Promise<unknown>): void {
    const watched: Promise<unknown> = happening
      .catch((error: unknown) => {
        if (!this.#options.closed.aborted) this.#options.problem((error as Error).message);
      })
      .finally(() => this.#running.delete(watched));
    this.#running.add(watched);
  }

  /** Until nothing is on its way, and nothing held back either. */
  async settled(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held?.();
    await this.drained();
  }

  async drained(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #post(url: string, fields: Record<string, string>): Promise<Response> {
    const form = new URLSearchParams(fields);
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(this.#account.authToken, url, form),
      },
      body: form.toString(),
      signal: AbortSignal.any([this.#options.closed, AbortSignal.timeout(15_000)]),
    });
  }
}
