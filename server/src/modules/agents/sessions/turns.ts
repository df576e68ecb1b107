/** Lets so many works run at once; the others wait, first come first served. */
export function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else working += 1;
    try {
      return await work();
    } finally {
      // The place is handed over, so that nobody who comes now takes it before those who wait.
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
}
