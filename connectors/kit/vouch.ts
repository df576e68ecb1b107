import type { RawRequest, VerifiedRequest } from '@switchboard/contract';

/** The one place where a request becomes verified: call it only after checking where the request comes from. */
export const vouch = (request: RawRequest): VerifiedRequest => request as VerifiedRequest;
