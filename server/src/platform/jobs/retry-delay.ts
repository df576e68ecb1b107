const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/** How long a job waits after its failure number `failures` (1 at first): doubled each time, five minutes at most. */
export function retryDelay(failures: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
}
