/** Runs `work` again and again, `ms` after its last end, until stopped. Failures go to `failed`. */
export function repeat(ms: number, work: () => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const arm = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work().catch(failed).then(arm);
    }, ms);
    timer.unref();
  };
  arm();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
