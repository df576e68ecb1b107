import type { Bus, BusMessage } from '../platform/bus/index.ts';

/**
 * A bus without a queue: each message is handed over before `publish` resolves. Nobody subscribes while the past is written:
 * what would be sent was sent long ago, and nobody is watching.
 */
export class DirectBus implements Bus {
  constructor(private readonly hand: (message: BusMessage) => Promise<void>) {}

  async publish(...messages: BusMessage[]): Promise<void> {
    for (const message of messages) await this.hand(message);
  }

  async declare(): Promise<void> {}
  async subscribe(): Promise<void> {}
  async broadcast(): Promise<void> {}
  async listen(): Promise<void> {}
  deadLetters = () => Promise.resolve([]);
  deadLetter = () => Promise.resolve(null);
  replay = () => Promise.resolve(false);
  discard = () => Promise.resolve(false);
  countDeadLetters = () => Promise.resolve(0);
  onDeadLetter(): void {}
  depth = () => Promise.resolve({});
  healthy = () => Promise.resolve({ ok: true, detail: 'direct' });
  async close(): Promise<void> {}
}
