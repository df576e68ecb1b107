import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Role } from '@switchboard/contract';

/** Whoever is signed in, as every use case gets them. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
  readonly role: Role;
  readonly queueIds: readonly string[];
  readonly sessionId: string;
}

export type HubRequest = FastifyRequest & { caller?: Caller };
export type HubReply = FastifyReply;

/** The caller as the author of what they do. */
export const authorOf = ({ id, name, avatarUrl }: Caller): Actor => ({
  kind: 'agent',
  id,
  name,
  ...(avatarUrl !== undefined && { avatarUrl }),
});

/** Turns a session cookie into its caller. One module provides it under AUTHENTICATE. */
export interface Authenticate {
  /** `renew` is called with the cookie to set when the session was prolonged; without it the session is not. */
  caller(cookieHeader: string | undefined, renew?: (cookie: string) => void): Promise<Caller | null>;
}
export const AUTHENTICATE = Symbol('authenticate');
