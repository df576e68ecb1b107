import type { Health } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

/**
 * An account that can't be opened: its settings do not fit its connector any more, or its secrets are sealed with another key. Who
 * calls us for it may try again: a person can put it right.
 */
export class UnfitAccount extends HubError {
  constructor({ name }: Pick<ChannelAccount, 'name'>, cause: unknown) {
    super(
      'unavailable',
      `The settings of ${name} can’t be used any more: look at them, type its secrets again, and save`,
    );
    this.cause = cause;
  }

  get health(): Health {
    return { ok: false, code: 'rejected', message: this.message };
  }
}
