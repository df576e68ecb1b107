/** How much of what is free one account may hold: alone 3/4 of all, two of them 3/7 each, and so on. */
const GREED = 3;

/**
 * Who may hold how many of a limited number of places. An account's bound moves with what is free (dynamic thresholds:
 * Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998), so one that floods never takes the last places, and
 * whoever comes beside it finds some at once. Nobody needs to be known beforehand.
 */
export class FairShare {
  readonly #held = new Map<string, number>();
  #all = 0;

  get inUse(): number {
    return this.#all;
  }

  hasRoom(account: string, places: number): boolean {
    return (this.#held.get(account) ?? 0) < GREED * (places - this.#all);
  }

  take(account: string): void {
    this.#held.set(account, (this.#held.get(account) ?? 0) + 1);
    this.#all += 1;
  }

  giveBack(account: string): void {
    const left = (this.#held.get(account) ?? 0) - 1;
    if (left > 0) this.#held.set(account, left);
    else this.#held.delete(account);
    this.#all -= 1;
  }
}
