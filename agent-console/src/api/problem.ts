import type { ApiError } from '@switchboard/contract';

/** Codes that the client gives itself; all others come from the server. */
export type ClientCode = 'network' | 'timeout' | 'cancelled' | 'bad-answer';

/** A call that did not succeed. `status` 0: the server never answered. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: readonly { path: string; message: string }[];
  readonly errorId: string | null;
  /** The newer state that stood in the way (409). */
  readonly current: unknown;

  constructor(code: string, message: string, status: number, error?: Partial<ApiError['error']>) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.fields = error?.fields ?? [];
    this.errorId = error?.errorId ?? null;
    this.current = error?.current;
  }

  /** The same request may succeed later: nothing is wrong with what was asked. */
  get passing(): boolean {
    return this.status === 0 ? this.code !== 'cancelled' : this.status === 429 || this.status >= 500;
  }

  fieldMessage(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }
}

export function problemFrom(status: number, body: unknown): ApiProblem {
  const error = (body as Partial<ApiError> | null)?.error;
  if (error && typeof error.code === 'string') return new ApiProblem(error.code, error.message, status, error);
  return new ApiProblem('bad-answer', `The server answered ${status} without a reason.`, status);
}
