import type { z } from 'zod';
import type { Role } from './views.ts';

/**
 * One row of the REST API. The server binds a handler to it, the console's client and the OpenAPI document come from it.
 * `params` are the `:names` of the path, `query` the search string, `body` JSON.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it. `public`: no session. */
  readonly access: 'public' | Role;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent: 204 without a body. */
  readonly reply?: z.ZodType;
  /** Not JSON: described here, handled by the route itself. */
  readonly consumes?: 'multipart/form-data';
  readonly produces?: string;
}

type In<S> = S extends z.ZodType ? z.input<S> : undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What a handler is given, parsed. */
export interface Call<E extends Endpoint> {
  params: Record<string, string>;
  query: Out<E['query']>;
  body: Out<E['body']>;
}
export type ReplyOf<E extends Endpoint> = E['reply'] extends z.ZodType ? z.output<E['reply']> : void;
/** What a client gives. */
export type Ask<E extends Endpoint> = {
  params?: Record<string, string>;
} & (E['query'] extends z.ZodType ? { query?: In<E['query']> } : { query?: undefined }) &
  (E['body'] extends z.ZodType ? { body: In<E['body']> } : { body?: undefined });
