import { z } from 'zod';
import { AlertRule, AlertRuleSettings } from '../alerts.ts';
import type { Endpoint } from '../endpoint.ts';
import { page, paging } from './shared.ts';

/** When supervisors are told that the floor has passed a limit. What is passed now is in `alarms.list`. */
export const alertsApi = {
  'alerts.list': {
    method: 'GET',
    path: '/alerts',
    access: 'supervisor',
    summary: 'Limits of the floor, and whether they are passed now',
    query: z.object(paging),
    reply: page(AlertRule),
  },
  'alerts.create': {
    method: 'POST',
    path: '/alerts',
    access: 'supervisor',
    summary: 'Be told when a figure passes a limit: in the console, by e-mail, by a webhook',
    body: AlertRuleSettings,
    reply: AlertRule,
  },
  'alerts.update': {
    method: 'PATCH',
    path: '/alerts/:id',
    access: 'supervisor',
    summary: 'Change it',
    body: AlertRuleSettings.partial(),
    reply: AlertRule,
  },
  'alerts.delete': { method: 'DELETE', path: '/alerts/:id', access: 'supervisor', summary: 'Delete it' },
} as const satisfies Record<string, Endpoint>;
