const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  changed: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
} as const;
export type HubErrorCode = keyof typeof statusOf;

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** What a caller did wrong or must wait for, in words for people. Everything else that is thrown is our fault: a 500. */
export class HubError extends Error {
  readonly code: HubErrorCode;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly current: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: HubErrorCode,
    message: string,
    detail: { fields?: readonly FieldProblem[]; current?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = 'HubError';
    this.code = code;
    this.fields = detail.fields;
    this.current = detail.current;
    this.retryAfterMs = detail.retryAfterMs;
  }

  get status(): number {
    return statusOf[this.code];
  }
}
