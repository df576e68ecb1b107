import type { VisitorUpload } from '@switchboard/contract';
import type { z } from 'zod';

export type Uploaded = z.infer<typeof VisitorUpload>;
export type UploadProblem = 'too-large' | 'wrong-type' | 'connection';
export type UploadOutcome = { ok: true; upload: Uploaded } | { ok: false; problem: UploadProblem };

interface UploadRequest {
  readonly base: string;
  readonly account: string;
  readonly token: string;
  readonly file: File;
  readonly signal: AbortSignal;
  progress(share: number): void;
}

const problemOf: Record<number, UploadProblem> = { 413: 'too-large', 415: 'wrong-type' };

/** XMLHttpRequest, as fetch does not tell how far an upload is. */
export const upload = ({ base, account, token, file, signal, progress }: UploadRequest): Promise<UploadOutcome> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = (problem: UploadProblem) => resolve({ ok: false, problem });
    request.open('POST', new URL(`visitor/media?account=${encodeURIComponent(account)}`, base));
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const uploaded = request.response as Uploaded | null;
      if (request.status >= 200 && request.status < 300 && uploaded?.mediaId) resolve({ ok: true, upload: uploaded });
      else fail(problemOf[request.status] ?? 'connection');
    };
    request.onerror = request.onabort = () => fail('connection');
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
