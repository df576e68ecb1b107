import { z } from 'zod';
import { ChannelKind } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { ArrivalForecast, ImportArrivals, StaffingPlan, StaffingQuestion } from '../staffing.ts';

/** What is to come, and whom that needs. */
export const staffingApi = {
  'staffing.forecast': {
    method: 'GET',
    path: '/queues/:id/forecast',
    access: 'supervisor',
    summary: 'What is to come for a queue in the next two weeks, and how far such forecasts have been off',
    query: z.object({
      channel: ChannelKind.optional(),
      intervalMinutes: z
        .enum(['15', '30'])
        .default('30')
        .transform((minutes) => (minutes === '15' ? 15 : 30)),
    }),
    reply: ArrivalForecast,
  },
  'staffing.plan': {
    method: 'POST',
    path: '/queues/:id/staffing-plan',
    access: 'supervisor',
    summary: 'The agents that a day needs for a goal, and what a change of agents does to it; nothing is stored',
    body: StaffingQuestion,
    reply: StaffingPlan,
  },
  'staffing.import': {
    method: 'PUT',
    path: '/queues/:id/arrivals',
    access: 'administrator',
    summary: 'Arrivals from before this hub, so that the forecast has a history',
    body: ImportArrivals,
    reply: z.object({ days: z.int() }),
  },
} as const satisfies Record<string, Endpoint>;
