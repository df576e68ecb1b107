/** More tickets than change within a few seconds. */
const MOST_KEPT = 5_000;

/** The newest change of each ticket that this process has told of: an event behind it comes out of its turn. */
export class ToldSeqs {
  private readonly seqs = new Map<string, number>();

  /** False: a later change, or this one, was told before. */
  advance(ticketId: string, seq: number): boolean {
    const newest = this.seqs.get(ticketId) ?? 0;
    // Taken out and put in again: the oldest of the map is who was told of longest ago.
    this.seqs.delete(ticketId);
    this.seqs.set(ticketId, Math.max(newest, seq));
    if (this.seqs.size > MOST_KEPT) this.seqs.delete(this.seqs.keys().next().value as string);
    return seq > newest;
  }
}
