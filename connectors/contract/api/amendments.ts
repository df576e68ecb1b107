import { z } from 'zod';
import { EarlierVersion, WantedChange } from '../amendments.ts';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import * as v from '../views.ts';

/** What becomes of messages and notes that are there already. */
export const amendmentsApi = {
  'messages.amend': {
    method: 'POST',
    path: '/tickets/:id/entries/:entryId/amendments',
    access: 'agent',
    summary:
      'Edit or delete a message of ours, or react to any: where its channel can, and told in its amendments until it has',
    body: z.object({
      /** Made by the client, kept through its retries: one change, however often it is posted. */
      clientId: Id,
      change: WantedChange,
    }),
    reply: v.MessageEntry,
  },
  'messages.retryAmendment': {
    method: 'POST',
    path: '/tickets/:id/entries/:entryId/amendments/:amendmentId/retry',
    access: 'agent',
    summary: 'Try a change again that failed, or whose outcome is unknown',
    reply: v.MessageEntry,
  },
  'messages.dropAmendment': {
    method: 'DELETE',
    path: '/tickets/:id/entries/:entryId/amendments/:amendmentId',
    access: 'agent',
    summary: 'Leave a message as it is after a change of it failed',
    reply: v.MessageEntry,
  },
  'entries.versions': {
    method: 'GET',
    path: '/tickets/:id/entries/:entryId/versions',
    access: 'agent',
    summary: 'What a message or note said before it was edited or deleted: for who wrote it, and supervisors',
    reply: z.object({ versions: z.array(EarlierVersion).max(200) }),
  },
  'notes.edit': {
    method: 'PATCH',
    path: '/tickets/:id/notes/:entryId',
    access: 'agent',
    summary: 'Edit a note of one’s own',
    body: z.object({
      /** Kept through the client's retries: one edit, also where another has come since. */
      clientId: Id,
      text: z.string().trim().min(1).max(20_000),
    }),
    reply: v.NoteEntry,
  },
  'notes.delete': {
    method: 'DELETE',
    path: '/tickets/:id/notes/:entryId',
    access: 'agent',
    summary: 'Delete a note of one’s own; supervisors, any',
    reply: v.NoteEntry,
  },
} as const satisfies Record<string, Endpoint>;
