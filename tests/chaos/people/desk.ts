import { setTimeout as delay } from 'node:timers/promises';
import type { Api, Ask, OperationId, ReplyOf } from '@switchboard/contract';
import { ApiClient } from '../../support/api-client.ts';

const AGAIN_MS = 300;

/** The REST API as a console uses it: at whichever hub answers, again until one has said yes or a real no. */
export class Desk {
  readonly #clients: ApiClient[];
  #turn = 0;

  constructor(urls: readonly string[], session: ApiClient) {
    this.#clients = urls.map((url) => {
      const client = new ApiClient(url);
      for (const [name, value] of session.cookies) client.cookies.set(name, value);
      return client;
    });
  }

  get cookie(): string {
    return this.#clients[0]?.cookieHeader ?? '';
  }

  /** Null: refused, and asking again would not help. */
  async ask<Id extends OperationId>(id: Id, ask: Ask<Api[Id]> = {} as Ask<Api[Id]>): Promise<ReplyOf<Api[Id]> | null> {
    for (;;) {
      const answer = await this.#try(id, ask);
      if (answer !== 'again') return answer;
      await delay(AGAIN_MS);
    }
  }

  async #try<Id extends OperationId>(id: Id, ask: Ask<Api[Id]>): Promise<ReplyOf<Api[Id]> | null | 'again'> {
    const client = this.#clients[this.#turn++ % this.#clients.length];
    try {
      const response = await client?.ask(id, ask);
      if (response?.ok) return (await response.json()) as ReplyOf<Api[Id]>;
      await response?.arrayBuffer();
      return response === undefined || response.status >= 500 || response.status === 429 ? 'again' : null;
    } catch {
      return 'again'; // no answer: that hub is gone or slow, the next one is asked
    }
  }
}
