import { z } from 'zod';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { PreferencesChange } from '../preferences.ts';
import { OwnCapacity, Skills } from '../routing.ts';
import * as v from '../views.ts';
import { Email, Name, Password, page, paging } from './shared.ts';

/** Who works here: the first visit, sessions, oneself, colleagues. */
export const peopleApi = {
  'setup.state': {
    method: 'GET',
    path: '/setup',
    access: 'public',
    summary: 'Is the first administrator still to be made?',
    reply: z.object({ needed: z.boolean(), organisation: z.string() }),
  },
  'setup.create': {
    method: 'POST',
    path: '/setup',
    access: 'public',
    summary: 'Make the first administrator and sign in; once only',
    body: z.object({
      organisation: Name,
      name: Name,
      email: Email,
      password: Password,
      timeZone: z.string().max(60).optional(),
    }),
    reply: v.Me,
  },
  'session.read': { method: 'GET', path: '/session', access: 'agent', summary: 'Who is signed in', reply: v.Me },
  'session.signIn': {
    method: 'POST',
    path: '/session',
    access: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.object({ email: Email, password: z.string().max(200) }),
    reply: v.Me,
  },
  'session.signOut': { method: 'DELETE', path: '/session', access: 'agent', summary: 'Sign out' },
  'me.update': {
    method: 'PATCH',
    path: '/me',
    access: 'agent',
    summary: 'Change one’s own name and preferences',
    body: z.object({
      name: Name.optional(),
      preferences: PreferencesChange.optional(),
    }),
    reply: v.Me,
  },
  'me.setPicture': {
    method: 'PUT',
    path: '/me/picture',
    access: 'agent',
    summary: 'One’s own picture: PNG, JPEG or WebP, at most 1 MB',
    consumes: 'multipart/form-data',
    reply: v.Me,
  },
  'me.removePicture': {
    method: 'DELETE',
    path: '/me/picture',
    access: 'agent',
    summary: 'Back to initials',
    reply: v.Me,
  },
  'me.changePassword': {
    method: 'PUT',
    path: '/me/password',
    access: 'agent',
    summary: 'Change the password; other sessions end',
    body: z.object({ current: z.string().max(200), next: Password }),
  },
  'agents.list': {
    method: 'GET',
    path: '/agents',
    access: 'agent',
    summary: 'All agents',
    query: z.object(paging),
    reply: page(v.AgentView),
  },
  'agents.update': {
    method: 'PATCH',
    path: '/agents/:id',
    access: 'administrator',
    summary: 'Change role, queues, skills, capacity or whether the agent may sign in',
    body: z.object({
      name: Name.optional(),
      role: v.Role.optional(),
      active: z.boolean().optional(),
      queueIds: z.array(Id).max(200).optional(),
      capacity: OwnCapacity.optional(),
      skills: Skills.optional(),
    }),
    reply: v.AgentView,
  },
  'agents.setPicture': {
    method: 'PUT',
    path: '/agents/:id/picture',
    access: 'administrator',
    summary: 'The picture of an agent: PNG, JPEG or WebP, at most 1 MB',
    consumes: 'multipart/form-data',
    reply: v.AgentView,
  },
  'agents.removePicture': {
    method: 'DELETE',
    path: '/agents/:id/picture',
    access: 'administrator',
    summary: 'An agent back to initials',
    reply: v.AgentView,
  },
  'invitations.create': {
    method: 'POST',
    path: '/invitations',
    access: 'administrator',
    summary: 'Invite an agent; the answer holds the link to hand over, valid for 7 days',
    body: z.object({
      email: Email,
      name: Name,
      role: v.Role.default('agent'),
      queueIds: z.array(Id).max(200).default([]),
    }),
    reply: z.object({ agent: v.AgentView, link: z.string() }),
  },
  'invitations.read': {
    method: 'GET',
    path: '/invitations/:token',
    access: 'public',
    summary: 'Who a link invites',
    reply: z.object({ email: z.string(), name: z.string(), organisation: z.string() }),
  },
  'invitations.accept': {
    method: 'POST',
    path: '/invitations/:token',
    access: 'public',
    summary: 'Set a password and sign in',
    body: z.object({ name: Name, password: Password }),
    reply: v.Me,
  },
} as const satisfies Record<string, Endpoint>;
