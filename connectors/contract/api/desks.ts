import { z } from 'zod';
import { Id, Instant } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { page, paging } from './shared.ts';

/** A queue whose tickets are shown at a place of a desk. */
export const Mirror = z.object({ queueId: Id, place: z.string().trim().min(1).max(200) });
export type Mirror = z.infer<typeof Mirror>;

export const DeskView = z.object({ mirrors: z.array(Mirror.extend({ name: z.string().nullable() })) });
/** Somebody at a desk who is an agent, or asks to be. */
export const DeskPerson = z.object({
  /** Of the link. */
  id: z.string().min(1).max(600),
  person: z.string(),
  account: z.string(),
});
export const DeskLinkView = DeskPerson.extend({ since: Instant });
export type DeskLinkView = z.infer<typeof DeskLinkView>;
export const DeskInvitation = DeskPerson.extend({ linked: z.boolean() });
const Token = z.string().min(1).max(2000);

/** Desks of agents who do not live in the console, and channels that are installed at their provider. */
export const desksApi = {
  'desks.read': {
    method: 'GET',
    path: '/channel-accounts/:id/desk',
    access: 'administrator',
    summary: 'Which queues are mirrored to which places of this channel account',
    reply: DeskView,
  },
  'desks.update': {
    method: 'PUT',
    path: '/channel-accounts/:id/desk',
    access: 'administrator',
    summary: 'Mirror these queues and no others; the hub must be able to write at each place',
    body: z.object({ mirrors: z.array(Mirror).max(200) }),
    reply: DeskView,
  },
  'desks.invitation': {
    method: 'POST',
    path: '/desk-links/read',
    access: 'agent',
    summary: 'Who asks to be linked with the caller, by the token that they were told at their desk',
    body: z.object({ token: Token }),
    reply: DeskInvitation,
  },
  'desks.link': {
    method: 'POST',
    path: '/desk-links',
    access: 'agent',
    summary: 'What this person does at the desk, they do as the caller from now on',
    body: z.object({ token: Token }),
    reply: DeskInvitation,
  },
  'desks.unlink': {
    method: 'POST',
    path: '/desk-links/end',
    access: 'agent',
    summary: 'What they do there they do no longer as the caller, who had said so',
    body: DeskPerson.pick({ id: true }),
    reply: z.object({}),
  },
  'desks.links': {
    method: 'GET',
    path: '/desk-links',
    access: 'agent',
    summary: 'Who at a desk works as the caller, because the caller said so',
    query: z.object(paging),
    reply: page(DeskLinkView),
  },
  'channelAccounts.install': {
    method: 'POST',
    path: '/channel-accounts/:id/install',
    access: 'administrator',
    summary: 'The address at the provider where the hub is installed; good for ten minutes, once, in this session',
    reply: z.object({ url: z.string() }),
  },
  'channelAccounts.installed': {
    method: 'POST',
    path: '/channel-accounts/installed',
    access: 'administrator',
    summary: 'What the provider sent the administrator back with',
    body: z.object({
      state: z.string().max(1000),
      code: z.string().min(1).max(4000).optional(),
      error: z.string().max(500).optional(),
    }),
    reply: z.object({ ok: z.boolean(), message: z.string(), accountId: Id }),
  },
} as const satisfies Record<string, Endpoint>;
