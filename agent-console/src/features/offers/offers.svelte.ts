import type { OfferView, Passing } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { chime } from '../../app/chime.ts';
import { inboxPath } from '../../app/routes.ts';
import { router } from '../../app/router.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { calls } from '../calls/calls.svelte.ts';
import { t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';

/** An offer by this browser's clock. */
export interface Offer extends OfferView {
  readonly endsAt: number;
}

/** What is offered to me, the oldest first. The hub says when an offer is over; the clock here only counts down. */
class Offers {
  #all = $state.raw<readonly Offer[]>([]);
  #answering = $state(false);

  get all(): readonly Offer[] {
    return this.#all;
  }
  get answering(): boolean {
    return this.#answering;
  }

  /** Once signed in. Returns the way to stop. */
  start(): () => void {
    void this.#load();
    const stops = [live.on('reconnected', () => void this.#load()), live.on('passing', (event) => this.#hear(event))];
    return () => stops.forEach((stop) => stop());
  }

  async accept({ id }: Offer): Promise<void> {
    const taken = await this.#answer(id, () => call('offers.accept', { params: { id } }));
    if (taken) calls.expect(taken.ticketId);
    if (taken) router.go(inboxPath('mine', taken.ticketId));
  }

  async decline({ id }: Offer): Promise<void> {
    await this.#answer(id, () => call('offers.decline', { params: { id } }));
  }

  async #answer<T>(id: string, ask: () => Promise<T>): Promise<T | null> {
    if (this.#answering) return null;
    this.#answering = true;
    try {
      const answer = await ask();
      this.#drop(id);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toasts.show(error.message, { tone: 'critical' });
      await this.#load();
      return null;
    } finally {
      this.#answering = false;
    }
  }

  #hear(event: Passing): void {
    if (event.type === 'offer') {
      this.#all = [...this.#all.filter(({ id }) => id !== event.offer.id), timed(event.offer)];
      if (session.me.preferences.sound) void chime();
    }
    if (event.type !== 'offer-ended') return;
    const known = this.#all.some(({ id }) => id === event.offerId);
    this.#drop(event.offerId);
    if (known && event.how === 'missed') toasts.show(t('offer.missed'));
    if (known && event.how === 'withdrawn') toasts.show(t('offer.withdrawn'));
  }

  async #load(): Promise<void> {
    try {
      this.#all = (await call('offers.list', {})).items.map(timed);
    } catch {
      // The live badge says that the hub is away; it is asked again at the next connection.
    }
  }

  #drop(offerId: string): void {
    this.#all = this.#all.filter(({ id }) => id !== offerId);
  }
}

const timed = (offer: OfferView): Offer => ({ ...offer, endsAt: Date.now() + offer.leftMs });

export const offers = new Offers();
