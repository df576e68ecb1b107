import type { Actor, CallView } from '@switchboard/contract';
import { replyPatch } from '../answering/reply-patch.ts';
import type { Ticket } from '../ticket.schema.ts';

interface Effects {
  /** For the figures: what happened to the call with this change. */
  readonly did: string[];
  readonly author: Actor;
  readonly patch: Partial<Ticket>;
}

/** What a call's next view does to its ticket, each once: being answered is a reply, having ended takes nobody's time any more. */
export function sideEffects(before: CallView, after: CallView, ticket: Ticket, at: Date): Effects {
  const answers = before.answeredAt === null && after.answeredAt !== null;
  const ends = before.endedAt === null && after.endedAt !== null;
  // A number has it: it takes none of ours any more.
  const led = before.phase !== 'forwarded' && after.phase === 'forwarded' && after.answeredAt !== null;
  const leaves = ends && after.outcome === 'abandoned';
  // That a promise is kept, the call itself says.
  const isKept = before.phase === 'callback' && after.outcome === null && after.phase !== 'callback';
  const says = callPreview(before) !== callPreview(after) && !isKept;
  return {
    did: [...(answers ? ['answered'] : []), ...(leaves ? ['abandoned'] : [])],
    author:
      answers && after.agent !== null
        ? { kind: 'agent', ...after.agent }
        : { kind: 'system', id: null, name: 'Switchboard' },
    patch: {
      ...(answers && replyPatch(ticket, at, undefined)),
      ...((ends || led) && { callOverAt: at }),
      ...(before.phase === 'forwarded' && after.phase === 'queue' && { callOverAt: null }),
      ...(says && { preview: { text: callPreview(after), from: ticket.preview?.from ?? 'system', at } }),
    },
  };
}

const outcomes: Record<NonNullable<CallView['outcome']>, string> = {
  answered: 'Call',
  abandoned: 'Missed call: hung up while waiting',
  missed: 'Missed call',
  voicemail: 'Voicemail',
  forwarded: 'Call, led on to another number',
  unreached: 'Call: not reached',
};

/** One line for the list. */
export function callPreview({ phase, outcome, direction, answeredAt, endedAt, callback }: CallView): string {
  if (phase === 'callback') return 'Wants to be called back';
  if (callback !== null && outcome === 'unreached') return `Called back ${callback.tried}×: not reached`;
  if (outcome === null) return direction === 'inbound' ? 'Is calling' : 'Being called';
  if (outcome !== 'answered' || answeredAt === null || endedAt === null) return outcomes[outcome];
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000);
  return `Call, ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
