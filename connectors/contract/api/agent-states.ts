import { z } from 'zod';
import { ChosenState, StateSpell } from '../agent-states.ts';
import { ChannelKind } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import * as v from '../views.ts';
import { page, paging } from './shared.ts';

const Choice = z.object({
  state: ChosenState,
  /** One of the organisation's for this state; null or missing: none. */
  reasonId: z.string().max(60).nullable().optional(),
});

/** Who is ready, busy or away, why, since when, and how it was before. */
export const agentStatesApi = {
  'me.setState': {
    method: 'PUT',
    path: '/me/state',
    access: 'agent',
    summary: 'Ready, busy, away or offline for new work, with the reason; ends a wrap-up',
    body: Choice,
    reply: v.Me,
  },
  'me.setChannels': {
    method: 'PUT',
    path: '/me/channels',
    access: 'agent',
    summary: 'Of which channels the routing gives nothing now',
    body: z.object({ paused: z.array(ChannelKind).max(ChannelKind.options.length) }),
    reply: v.Me,
  },
  'me.extendWrapUp': {
    method: 'POST',
    path: '/me/wrap-up',
    access: 'agent',
    summary: 'More time for the wrap-up that is running; conflict when none is',
    body: z.object({ seconds: z.int().min(10).max(600) }),
    reply: v.Me,
  },
  'me.leaving': {
    method: 'GET',
    path: '/me/leaving',
    access: 'agent',
    summary: 'How many of one’s conversations go back to the queue at once by signing out or being offline',
    reply: z.object({ conversations: z.int().nonnegative() }),
  },
  'me.heardReturned': {
    method: 'DELETE',
    path: '/me/returned',
    access: 'agent',
    summary: 'One has been told what went back to the queue while one was gone',
  },
  'me.states': {
    method: 'GET',
    path: '/me/states',
    access: 'agent',
    summary: 'One’s own states, the latest first',
    query: z.object(paging),
    reply: page(StateSpell),
  },
  'agents.setState': {
    method: 'PUT',
    path: '/agents/:id/state',
    access: 'supervisor',
    summary: 'Put an agent into another state; they are told by whom, and the audit log keeps it',
    body: Choice,
    reply: v.AgentView,
  },
  'agents.states': {
    method: 'GET',
    path: '/agents/:id/states',
    access: 'supervisor',
    summary: 'The states of an agent, the latest first',
    query: z.object(paging),
    reply: page(StateSpell),
  },
} as const satisfies Record<string, Endpoint>;
