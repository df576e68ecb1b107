import type { AccountArrival, ChannelAccountView } from '@switchboard/contract';
import { live } from '../../../live/socket.svelte.ts';
import { merged } from './arrival.ts';

/** What the hub tells of arrivals as they happen, over what was read before. */
export class Arrivals {
  #told = $state.raw<ReadonlyMap<string, AccountArrival>>(new Map());

  /** For `$effect`. */
  follow(): () => void {
    return live.on('passing', (event) => {
      if (event.type === 'account-arrival') this.#told = new Map(this.#told).set(event.accountId, event.arrival);
    });
  }

  over(account: ChannelAccountView): ChannelAccountView {
    const told = this.#told.get(account.id);
    return told ? { ...account, health: { ...account.health, ...merged(account.health, told) } } : account;
  }
}
