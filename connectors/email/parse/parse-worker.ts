import { parentPort } from 'node:worker_threads';
import { parseMail, type ParseInput } from './parse-mail.ts';

export interface ParseJob {
  readonly id: number;
  readonly input: ParseInput;
}
export type ParseAnswer =
  | { readonly id: number; readonly ok: true; readonly events: Awaited<ReturnType<typeof parseMail>> }
  | { readonly id: number; readonly ok: false; readonly message: string };

parentPort?.on('message', ({ id, input }: ParseJob) => {
  parseMail(input).then(
    (events) => parentPort?.postMessage({ id, ok: true, events } satisfies ParseAnswer),
    (error: unknown) =>
      parentPort?.postMessage({
        id,
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies ParseAnswer),
  );
});
