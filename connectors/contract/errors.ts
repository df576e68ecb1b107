import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Actor } from './people.ts';

/** Errors of the REST API. */
export const ApiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Names the request in the logs. */
    errorId: z.string(),
    /** Which field, and what is wrong with it. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** The ticket's current view, where the refusal is that it changed. */
    current: z.unknown().optional(),
  }),
});
export type ApiError = z.infer<typeof ApiError>;

/** What is said beside the refusal `changed`: what came in since the agent looked, oldest first. */
export const Overtaken = z.object({
  /** The ticket's seq with all of it: the `seenSeq` of a reply that goes out all the same. */
  seq: z.int().nonnegative(),
  news: z.array(
    z.object({ id: Id, kind: z.enum(['message', 'note', 'held']), author: Actor, at: Instant, text: z.string() }),
  ),
});
export type Overtaken = z.infer<typeof Overtaken>;
