import { z } from 'zod';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { CalendarSettings, CalendarView, Holiday, PolicySettings, PolicyView } from '../service-levels.ts';
import { page, paging } from './shared.ts';

const nothing = { notify: [], priority: null, queueId: null, addTags: [] };
const { when, targets } = PolicySettings.shape;
const NewPolicy = PolicySettings.extend({
  active: PolicySettings.shape.active.default(true),
  when: when.default({ queueIds: [], priorities: [], tags: [], attributes: [] }),
  targets: targets.default({ firstResponse: null, nextResponse: null, resolution: null }),
  calendarId: PolicySettings.shape.calendarId.default(null),
  pauseWhilePending: PolicySettings.shape.pauseWhilePending.default('resolution'),
  warnBefore: PolicySettings.shape.warnBefore.default({ unit: 'percent', value: 25 }),
  onWarning: PolicySettings.shape.onWarning.default({ ...nothing, notify: ['assignee'] }),
  onBreach: PolicySettings.shape.onBreach.default({ ...nothing, notify: ['assignee', 'supervisors'] }),
});

/** Business calendars, and the policies that promise in their time. */
export const serviceLevelApi = {
  'calendars.list': {
    method: 'GET',
    path: '/calendars',
    access: 'agent',
    summary: 'Business calendars',
    query: z.object(paging),
    reply: page(CalendarView),
  },
  'calendars.create': {
    method: 'POST',
    path: '/calendars',
    access: 'supervisor',
    summary: 'Make one',
    body: CalendarSettings.extend({ holidays: CalendarSettings.shape.holidays.default([]) }),
    reply: CalendarView,
  },
  'calendars.update': {
    method: 'PATCH',
    path: '/calendars/:id',
    access: 'supervisor',
    summary: 'Change one; the clocks of open tickets follow',
    body: CalendarSettings.partial(),
    reply: CalendarView,
  },
  'calendars.delete': {
    method: 'DELETE',
    path: '/calendars/:id',
    access: 'supervisor',
    summary: 'Delete one that no policy uses',
  },
  'calendars.readHolidays': {
    method: 'POST',
    path: '/calendars/holidays',
    access: 'supervisor',
    summary: 'The holidays of an iCalendar file (.ics), to look at and to put into a calendar',
    body: z.object({ ical: z.string().max(2_000_000) }),
    reply: z.object({
      holidays: z.array(Holiday),
      /** Appointments at a time of day, which are no holidays. */
      skipped: z.int(),
    }),
  },
  'policies.list': {
    method: 'GET',
    path: '/service-level-policies',
    access: 'agent',
    summary: 'Service level policies in their order: the first that fits a ticket counts',
    query: z.object(paging),
    reply: page(PolicyView),
  },
  'policies.create': {
    method: 'POST',
    path: '/service-level-policies',
    access: 'supervisor',
    summary: 'Make one, before all others',
    body: NewPolicy,
    reply: PolicyView,
  },
  'policies.update': {
    method: 'PATCH',
    path: '/service-level-policies/:id',
    access: 'supervisor',
    summary: 'Change one; the clocks of open tickets follow',
    body: PolicySettings.partial(),
    reply: PolicyView,
  },
  'policies.delete': {
    method: 'DELETE',
    path: '/service-level-policies/:id',
    access: 'supervisor',
    summary: 'Delete one; open tickets take the next that fits',
  },
  'policies.order': {
    method: 'PUT',
    path: '/service-level-policies/order',
    access: 'supervisor',
    summary: 'Put them in another order: all ids, the first one first',
    body: z.object({ ids: z.array(Id).max(500) }),
    reply: z.object({ ids: z.array(Id) }),
  },
} as const satisfies Record<string, Endpoint>;
