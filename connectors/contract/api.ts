import { amendmentsApi } from './api/amendments.ts';
import { alertsApi } from './api/alerts.ts';
import { agentStatesApi } from './api/agent-states.ts';
import { callsApi } from './api/calls.ts';
import { centreApi } from './api/centre.ts';
import { desksApi } from './api/desks.ts';
import { metricsApi } from './api/metrics.ts';
import { floorApi } from './api/floor.ts';
import { peopleApi } from './api/people.ts';
import { reportsApi } from './api/reports.ts';
import { routingLabApi } from './api/routing-lab.ts';
import { serviceLevelApi } from './api/service-levels.ts';
import { staffingApi } from './api/staffing.ts';
import { workApi } from './api/work.ts';
import type { Endpoint } from './endpoint.ts';

export { Mirror, DeskLinkView } from './api/desks.ts';
export { Hold, SendReply, TicketFilter } from './api/work.ts';
export type { Ask, Call, Endpoint, ReplyOf } from './endpoint.ts';

/** The REST API under /api/v1, complete. The key is the operation's id. */
export const api = {
  ...peopleApi,
  ...agentStatesApi,
  ...centreApi,
  ...desksApi,
  ...serviceLevelApi,
  ...workApi,
  ...amendmentsApi,
  ...callsApi,
  ...staffingApi,
  ...routingLabApi,
  ...metricsApi,
  ...reportsApi,
  ...floorApi,
  ...alertsApi,
} as const satisfies Record<string, Endpoint>;
export type Api = typeof api;
export type OperationId = keyof Api;
