import { parentPort } from 'node:worker_threads';
import { parseMail, type ParseInput } from './parse-mail.ts';

export type ParseAnswer =
  | { readonly ok: true; readonly events: Awaited<ReturnType<typeof parseMail>> }
  | { readonly ok: false; readonly message: string };

const answer = (message: ParseAnswer) => parentPort?.postMessage(message);

parentPort?.on('message', (input: ParseInput) => {
  parseMail(input).then(
    (events) => answer({ ok: true, events }),
    (error: unknown) => answer({ ok: false, message: error instanceof Error ? error.message : String(error) }),
  );
});
