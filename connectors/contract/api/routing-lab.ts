import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { CreateLabDraft, LabDraft, LabDraftRow, LabReplay, SaveLabDraft, StartLabReplay } from '../routing-lab.ts';
import { page, paging } from './shared.ts';

/** Other rules for the routing: written down, tried on a past week, and put in force. */
export const routingLabApi = {
  'routingLab.list': {
    method: 'GET',
    path: '/routing-lab/drafts',
    access: 'supervisor',
    summary: 'Drafts of other routing rules, newest first',
    query: z.object(paging),
    reply: page(LabDraftRow),
  },
  'routingLab.create': {
    method: 'POST',
    path: '/routing-lab/drafts',
    access: 'supervisor',
    summary: 'Begin a draft from what is in force',
    body: CreateLabDraft,
    reply: LabDraft,
  },
  'routingLab.read': {
    method: 'GET',
    path: '/routing-lab/drafts/:id',
    access: 'supervisor',
    summary: 'A draft, what was changed in force meanwhile, and its last replay',
    reply: LabDraft,
  },
  'routingLab.update': {
    method: 'PUT',
    path: '/routing-lab/drafts/:id',
    access: 'supervisor',
    summary: 'Change a draft; nothing in force changes by it',
    body: SaveLabDraft,
    reply: LabDraft,
  },
  'routingLab.delete': {
    method: 'DELETE',
    path: '/routing-lab/drafts/:id',
    access: 'supervisor',
    summary: 'Delete a draft that is not in force',
  },
  'routingLab.replay': {
    method: 'POST',
    path: '/routing-lab/drafts/:id/replay',
    access: 'supervisor',
    summary: 'Play a past week again by what is in force and by the draft; read it until it is done',
    body: StartLabReplay,
    reply: LabReplay,
  },
  'routingLab.replayed': {
    method: 'GET',
    path: '/routing-lab/drafts/:id/replay',
    access: 'supervisor',
    summary: 'The last replay of a draft',
    reply: LabReplay,
  },
  'routingLab.cancel': {
    method: 'DELETE',
    path: '/routing-lab/drafts/:id/replay',
    access: 'supervisor',
    summary: 'Stop the replay that is running',
  },
  'routingLab.publish': {
    method: 'POST',
    path: '/routing-lab/drafts/:id/publish',
    access: 'administrator',
    summary: 'Put a draft in force; refused where what it was made from has changed. One that was cut off is finished',
    reply: LabDraft,
  },
  'routingLab.rollBack': {
    method: 'POST',
    path: '/routing-lab/drafts/:id/roll-back',
    access: 'administrator',
    summary: 'Put back what was in force before; refused where it was changed since',
    reply: LabDraft,
  },
} as const satisfies Record<string, Endpoint>;
