import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '@switchboard/contract';

/** Whoever is signed in, as every use case gets them. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly queueIds: readonly string[];
  readonly sessionId: string;
}

export type HubRequest = FastifyRequest & { caller?: Caller };
export type HubReply = FastifyReply;

/** Turns a session cookie into its caller. One module provides it under AUTHENTICATE. */
export interface Authenticate {
  caller(cookieHeader: string | undefined): Promise<Caller | null>;
}
export const AUTHENTICATE = Symbol('authenticate');
