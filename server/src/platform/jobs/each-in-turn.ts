/**
 * What a period finds due, one after the other. What can't be done now is told to `failed`, is found again by the next period, and
 * holds up none of the others.
 */
export async function eachInTurn<T>(
  due: Iterable<T> | AsyncIterable<T>,
  work: (one: T) => Promise<unknown>,
  failed: (error: unknown, one: T) => void,
): Promise<void> {
  for await (const one of due) {
    try {
      await work(one);
    } catch (error) {
      failed(error, one);
    }
  }
}
