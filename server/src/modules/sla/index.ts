export { escalation, type Escalations, type Figures, type HistoryEvent } from './clocks/escalation.ts';
export { pausedSince, usedMs, wholeClock, type ServiceClock } from './clocks/service-clock.ts';
export { clockKinds, earliest, nextEscalation, type Escalation, type ServiceRules } from './clocks/ticket-clocks.ts';
export type { StoredPolicy } from './policies/policy.schema.ts';
export { ServiceLevels, type Promised } from './service-levels.ts';
export { SlaModule } from './sla.module.ts';
export { SERVICE_LEVELS_CHANGED } from './tell-change.ts';
// Business time by its plain functions, for whoever reckons with it.
export { add, between, calendarOf, isOpen, nextOpening, periods, reach, subtract } from '../calendars/index.ts';
export { deadline } from './deadline.ts';
