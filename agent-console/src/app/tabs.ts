const CHANNEL = 'switchboard.told';
/** Tabs hear of the same event within this. */
const LISTEN_MS = 150;
/** The same may happen again later. */
const FORGET_MS = 5_000;

/** Several tabs of one browser hear the same event: at most one of them tells of it, and none where one is looked at. */
export class Tabs {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #settled = new Set<string>();

  constructor() {
    this.#channel.onmessage = ({ data }: MessageEvent<string>) => this.#settle(data);
  }

  /** `looking`: a person has it before their eyes in this tab. */
  async mayTell(event: string, looking: boolean): Promise<boolean> {
    if (looking) {
      this.#claim(event);
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
    const first = async () => {
      if (this.#settled.has(event)) return false;
      this.#claim(event);
      return true;
    };
    // Not there on plain http; then two tabs that decide in the same moment both tell.
    return 'locks' in navigator
      ? navigator.locks.request(`${CHANNEL}:${event}`, () => this.#heldUntilHeard(first))
      : first();
  }

  async #heldUntilHeard(decide: () => Promise<boolean>): Promise<boolean> {
    const mine = await decide();
    if (mine) await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
    return mine;
  }

  #claim(event: string): void {
    this.#settle(event);
    this.#channel.postMessage(event);
  }

  #settle(event: string): void {
    this.#settled.add(event);
    setTimeout(() => this.#settled.delete(event), FORGET_MS);
  }
}
