export type ConnectorErrorCode =
  'temporary' | 'rate-limited' | 'unauthorised' | 'rejected' | 'unsupported' | 'cursor-lost' | 'unknown';

/** A provider's failure, named at the connector's edge. The message is shown to agents: plain words, no secret. */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ConnectorErrorCode, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ConnectorError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export type FailurePolicy = 'retry' | 'pause-account' | 'fail-message' | 'resync' | 'ask-agent';

/** One table decides what happens, whichever connector failed. */
export const failurePolicy = {
  temporary: 'retry',
  'rate-limited': 'retry',
  unauthorised: 'pause-account',
  rejected: 'fail-message',
  unsupported: 'fail-message',
  'cursor-lost': 'resync',
  // The provider may have taken it: a blind retry could send it twice.
  unknown: 'ask-agent',
} as const satisfies Record<ConnectorErrorCode, FailurePolicy>;
