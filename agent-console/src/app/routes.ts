/** Every address of the console, the most specific first. `:name?` may be missing. */
export const routes = {
  home: '/',
  invitation: '/invitation/:token',
  deskLink: '/desk-link/:token',
  inbox: '/inbox/:view?/:ticketId?',
  customers: '/customers/:customerId?',
  /** `wall`: for a screen on a wall. */
  floor: '/floor/:mode?',
  staffing: '/staffing/:queueId?',
  lab: '/lab/:draftId?',
  reports: '/reports',
  settings: '/settings/:page?/:id?',
} as const;
export type RouteName = keyof typeof routes;

/** The address of a view, or of a ticket in it. */
export const inboxPath = (view: string, ticketId?: string | number) =>
  `/inbox/${encodeURIComponent(view)}${ticketId === undefined ? '' : `/${encodeURIComponent(ticketId)}`}`;
export const HOME = inboxPath('open');
/** The view of the inbox that lists replies, not tickets. */
export const SCHEDULED = 'scheduled';
/** The floor without anything else. */
export const WALL = 'wall';
