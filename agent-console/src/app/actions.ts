import { ApiProblem } from '../api/problem.ts';
import { t } from '../text/index.ts';
import { toasts } from '../ui/toasts.svelte.ts';

/** Runs something whose failure has no place of its own on the screen: it is told in a toast. Answers whether it succeeded. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code !== 'cancelled') toasts.show(t('app.failed', { reason: error.message }), { tone: 'critical' });
    return false;
  }
}
