export { Calendars } from './calendars.ts';
export { CalendarsModule } from './calendars.module.ts';
export {
  add,
  between,
  isOpen,
  nextOpening,
  periods,
  reach,
  subtract,
  type Pause,
  type Period,
} from './time/business-time.ts';
export { always, calendarOf, type Calendar } from './time/calendar.ts';
export { isTimeZone, problemOfSpan, type CalendarDefinition } from './time/definition.ts';
export { holidaysFromIcal } from './time/holidays-from-ical.ts';
