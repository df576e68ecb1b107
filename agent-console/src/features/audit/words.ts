import { type PlainKey, t } from '../../text/index.ts';

const known: Readonly<Record<string, PlainKey>> = {
  'setup.done': 'audit.setup.done',
  'agent.invited': 'audit.agent.invited',
  'agent.updated': 'audit.agent.updated',
  'agent.state-set': 'audit.agent.state-set',
  'agent.work-returned': 'audit.agent.work-returned',
  'agent.picture-changed': 'audit.agent.picture-changed',
  'agent.picture-removed': 'audit.agent.picture-removed',
  'agent.password-changed': 'audit.agent.password-changed',
  'invitation.accepted': 'audit.invitation.accepted',
  'organisation.updated': 'audit.organisation.updated',
  'customer.updated': 'audit.customer.updated',
  'channel-account.created': 'audit.channel-account.created',
  'channel-account.updated': 'audit.channel-account.updated',
  'channel-account.resumed': 'audit.channel-account.resumed',
  'call-menu.updated': 'audit.call-menu.updated',
  'call.listened': 'audit.call.listened',
  'queue.created': 'audit.queue.created',
  'queue.updated': 'audit.queue.updated',
  'arrivals.imported': 'audit.arrivals.imported',
  'policy.created': 'audit.policy.created',
  'policy.updated': 'audit.policy.updated',
  'policy.deleted': 'audit.policy.deleted',
  'policy.ordered': 'audit.policy.ordered',
  'calendar.created': 'audit.calendar.created',
  'calendar.updated': 'audit.calendar.updated',
  'calendar.deleted': 'audit.calendar.deleted',
  'report.saved': 'audit.report.saved',
  'report.updated': 'audit.report.updated',
  'report.deleted': 'audit.report.deleted',
  'report.mailed': 'audit.report.mailed',
  'quarantine.replayed': 'audit.quarantine.replayed',
  'quarantine.mended': 'audit.quarantine.mended',
  'quarantine.discarded': 'audit.quarantine.discarded',
};

/** What was done, as one reads it after the name. An action that this table does not know shows as it is. */
export function actionWords(action: string): string {
  const key = known[action];
  return key ? t(key) : action.replace(/[.-]/g, ' ');
}

/** The details as lines "name: value". Long ones are cut: the log tells that something changed, not all of it. */
export function detailLines(detail: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(detail)
    .filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${valueWords(value)}`);
}
const MOST = 200;
function valueWords(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(valueWords).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
