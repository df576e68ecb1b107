import { call } from '../../api/client.ts';
import { live } from '../../live/socket.svelte.ts';

/** How many items wait for a decision: beside the way to them, so that nobody must go and look. */
class QuarantineCount {
  #value = $state(0);

  get value(): number {
    return this.#value;
  }

  /** Until the returned function is called; for those who may decide. */
  follow(): () => void {
    const read = async () => {
      this.#value = (await call('quarantine.count')).count;
    };
    // A failure leaves the old figure; the next item or reconnect reads again.
    const readQuietly = () => void read().catch(() => undefined);
    readQuietly();
    const leaves = [
      live.on('passing', (event) => {
        if (event.type === 'stale' && event.what === 'quarantine') readQuietly();
      }),
      live.on('reconnected', readQuietly),
    ];
    return () => {
      for (const leave of leaves) leave();
      this.#value = 0;
    };
  }
}

export const quarantineCount = new QuarantineCount();
