import type { CallChange } from '@switchboard/contract';
import type { Aside, Call, Leg } from '../call.schema.ts';
import type { AsideEvent } from './courses.ts';
import { isOpen, takeCourse } from './take-course.ts';

/** In the providers' words of why a leg was not reached. */
const inVain: Record<string, AsideEvent> = { busy: 'busy', 'no-answer': 'unanswered', canceled: 'unanswered' };

/** What a report of a leg says of who is asked in. Only of one that is news. */
export function asideFollows(call: Call, { leg: report, commandId }: CallChange, { at }: { at: Date }): Call {
  const { aside } = call;
  if (report === undefined || !isOpen(aside)) return call;
  const leg = call.legs.find(({ id }) => id === report.externalId);
  // Nobody but the customer takes them off the music: they have hung up, and the room ends with them.
  if (leg?.role === 'customer' && leg.state === 'left') return takeCourse(call, 'ended', at);
  if (leg === undefined || !isTheirs(aside, leg, commandId)) return call;
  const known: Call = aside.legId === leg.id ? call : { ...call, aside: { ...aside, legId: leg.id } };
  if (leg.state === 'ringing') return known;
  const event = leg.state === 'unreached' ? (inVain[report.reason ?? ''] ?? 'failed') : leg.state;
  return takeCourse(known, event, at);
}

/** A leg that is not known yet is bound to them by what called it, or by coming. */
function isTheirs(aside: Aside, { id, role, agentId, state }: Leg, commandId: string | undefined): boolean {
  if (aside.legId !== null) return aside.legId === id;
  if (commandId === aside.id) return true;
  if (state === 'left') return false;
  return aside.kind === 'number'
    ? role === 'number'
    : aside.taken && role === 'agent' && agentId !== null && aside.agentIds.includes(agentId);
}
