import { z } from 'zod';
import { CallMenu, CallMenuView, HeardStep, MenuProblem, PhoneNumber } from '../call-menus.ts';
import { AgentLineView, CallRules, CallTarget, CallView, SaidView, WrapUpQuestion } from '../call-views.ts';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { page, paging } from './shared.ts';

/** For who gets it; kept in the ticket. */
const Note = z.string().trim().max(2000).default('');

/** Calls as they go on; what became of them stands in their tickets' conversations. */
export const callsApi = {
  'calls.mine': {
    method: 'GET',
    path: '/me/calls',
    access: 'agent',
    summary: 'The call that one has, and those whose wrap-up is not done; the newest first',
    query: z.object(paging),
    reply: page(CallView),
  },
  'calls.line': {
    method: 'POST',
    path: '/calls/:id/line',
    access: 'agent',
    summary: 'What one’s browser needs to take part in a call that one has',
    reply: AgentLineView,
  },
  'calls.unable': {
    method: 'POST',
    path: '/calls/:id/unable',
    access: 'agent',
    summary: 'One’s browser can’t take the call: the caller keeps the place, for whoever is next',
  },
  'calls.start': {
    method: 'POST',
    path: '/calls',
    access: 'agent',
    summary: 'Call a customer: of a ticket, or any number, for which a ticket is opened',
    body: z.object({ clientId: Id, number: PhoneNumber, channelAccountId: Id, ticketId: Id.optional() }),
    reply: CallView,
  },
  'calls.hold': {
    method: 'PUT',
    path: '/calls/:id/hold',
    access: 'agent',
    summary: 'The customer hears music, and back',
    body: z.object({ on: z.boolean() }),
    reply: CallView,
  },
  'calls.record': {
    method: 'PUT',
    path: '/calls/:id/recording',
    access: 'agent',
    summary: 'Pause the recording, for what nobody may keep, and go on with it',
    body: z.object({ on: z.boolean() }),
    reply: CallView,
  },
  'calls.transfer': {
    method: 'POST',
    path: '/calls/:id/transfer',
    access: 'agent',
    summary: 'Give the call to a colleague, a queue or a number at once; the caller waits until somebody answers',
    body: z.object({ to: CallTarget, note: Note }),
    reply: CallView,
  },
  'calls.consult': {
    method: 'POST',
    path: '/calls/:id/aside',
    access: 'agent',
    summary: 'Ask a colleague, a queue or a number in, while the customer hears music',
    body: z.object({ clientId: Id, to: CallTarget, note: Note }),
    reply: CallView,
  },
  'calls.joinAside': {
    method: 'POST',
    path: '/calls/:id/aside/answer',
    access: 'agent',
    summary: 'Say yes to being asked in: what one’s browser needs to join. Of several who are asked the first has it',
    reply: AgentLineView,
  },
  'calls.declineAside': {
    method: 'POST',
    path: '/calls/:id/aside/decline',
    access: 'agent',
    summary: 'Say no to being asked in',
  },
  'calls.endAside': {
    method: 'POST',
    path: '/calls/:id/aside/end',
    access: 'agent',
    summary: 'Back to the customer: alone, all three together, or not at all, which gives them the call',
    body: z.object({ how: z.enum(['cancel', 'merge', 'complete']) }),
    reply: CallView,
  },
  'calls.holdLeg': {
    method: 'PUT',
    path: '/calls/:id/legs/:leg/hold',
    access: 'agent',
    summary: 'One of those in the call hears music, and back',
    body: z.object({ on: z.boolean() }),
    reply: CallView,
  },
  'calls.removeLeg': {
    method: 'DELETE',
    path: '/calls/:id/legs/:leg',
    access: 'agent',
    summary: 'One of those whom one has asked in leaves the call',
    reply: CallView,
  },
  'calls.leave': {
    method: 'POST',
    path: '/calls/:id/leave',
    access: 'agent',
    summary: 'Leave the call to one of those who are in it: it is theirs then, and so is its ticket',
    body: z.object({ leg: z.string().max(1000) }),
    reply: CallView,
  },
  'calls.hangUp': {
    method: 'POST',
    path: '/calls/:id/hang-up',
    access: 'agent',
    summary: 'End it for all',
    reply: CallView,
  },
  'calls.said': {
    method: 'GET',
    path: '/calls/:id/said',
    access: 'agent',
    summary:
      'What was said in it, in order, where it was written down; not what was said while the customer was on hold',
    query: z.object(paging),
    reply: page(SaidView),
  },
  'calls.wrapUpQuestion': {
    method: 'GET',
    path: '/calls/:id/wrap-up',
    access: 'agent',
    summary: 'What its wrap-up asks: as the queue of its ticket says, else the organisation',
    reply: WrapUpQuestion,
  },
  'calls.wrapUp': {
    method: 'POST',
    path: '/calls/:id/wrap-up',
    access: 'agent',
    summary: 'Say what it was about, in the words of its wrap-up question; may resolve its ticket',
    body: z.object({ disposition: z.string().max(60).nullable(), resolve: z.boolean() }),
    reply: CallView,
  },
  'calls.listen': {
    method: 'POST',
    path: '/calls/:id/listen',
    access: 'supervisor',
    summary: 'Take part in a colleague’s call: hear it, speak to the agent alone, or to all; the audit log keeps it',
    body: z.object({ as: z.enum(['monitor', 'coach', 'agent']) }),
    reply: z.object({ line: AgentLineView, call: CallView }),
  },
  'callRules.read': {
    method: 'GET',
    path: '/channel-accounts/:id/call-rules',
    access: 'agent',
    summary: 'What is allowed in the calls of a number',
    reply: CallRules,
  },
  'callRules.write': {
    method: 'PUT',
    path: '/channel-accounts/:id/call-rules',
    access: 'administrator',
    summary: 'Allow or forbid it; the audit log keeps it',
    body: CallRules,
    reply: CallRules,
  },
  'callMenus.read': {
    method: 'GET',
    path: '/channel-accounts/:id/call-menu',
    access: 'supervisor',
    summary: 'What callers of a number hear before somebody answers',
    reply: CallMenuView,
  },
  'callMenus.write': {
    method: 'PUT',
    path: '/channel-accounts/:id/call-menu',
    access: 'supervisor',
    summary: 'Change it; says of each step what is wrong with it. `version`: the one that was changed',
    body: CallMenu.extend({ version: z.int().min(0) }),
    reply: CallMenuView,
  },
  'callMenus.check': {
    method: 'POST',
    path: '/channel-accounts/:id/call-menu/check',
    access: 'supervisor',
    summary: 'What is wrong with a menu that is not saved',
    body: CallMenu,
    reply: z.object({ problems: z.array(MenuProblem) }),
  },
  'callMenus.hear': {
    method: 'POST',
    path: '/channel-accounts/:id/call-menu/hear',
    access: 'supervisor',
    summary: 'What a caller hears in a menu, saved or not, who presses and says this',
    body: z.object({
      menu: CallMenu,
      open: z.boolean(),
      /** A key, words, or nothing at all, one for each step. */
      inputs: z.array(z.string().max(200)).max(50),
    }),
    reply: z.object({ heard: z.array(HeardStep) }),
  },
} as const satisfies Record<string, Endpoint>;
