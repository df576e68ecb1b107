import type { AsideEnd, AsideView } from '@switchboard/contract';

/** Somebody who is asked in has a state until it is over; what is over stays as it ended. */
type AsideState = Exclude<AsideView['state'], 'over'>;

/** What may happen to who is asked in, by themselves, the provider, who asked, or the customer. */
export type AsideEvent =
  | 'joined'
  | 'declined'
  | 'busy'
  | 'unanswered'
  | 'failed'
  | 'left'
  | 'cancel'
  | 'merge'
  | 'complete'
  /** Who asked is gone and was not back in time. */
  | 'lost'
  /** The customer hung up. */
  | 'ended';

export interface Course {
  readonly to: 'private' | { readonly end: AsideEnd };
  /** `stays`: with the music, until who asked comes back; `given`: whose it is now talks to them; `queued`: on to the next. */
  readonly customer: 'stays' | 'resumed' | 'given' | 'queued' | 'gone';
  /** Who was asked has no part in the call any more. */
  readonly putsDown: boolean;
}

const over = (end: AsideEnd, customer: Course['customer'], putsDown = false): Course => ({
  to: { end },
  customer,
  putsDown,
});

/** Nobody came: who asked is alone with themselves, and may try somebody else before they go back. */
const inVain = {
  declined: over('declined', 'stays', true),
  busy: over('busy', 'stays'),
  unanswered: over('unanswered', 'stays', true),
  failed: over('failed', 'stays'),
  left: over('left', 'stays'),
} as const;

/** The one course of each thing that may happen. What is not here changes nothing, and is refused where somebody asks for it. */
export const courses: Record<AsideState, Partial<Record<AsideEvent, Course>>> = {
  asked: {
    ...inVain,
    joined: { to: 'private', customer: 'stays', putsDown: false },
    cancel: over('cancelled', 'resumed', true),
    lost: over('lost', 'queued', true),
    ended: over('ended', 'gone', true),
  },
  private: {
    left: over('left', 'stays'),
    cancel: over('cancelled', 'resumed', true),
    merge: over('merged', 'resumed'),
    complete: over('completed', 'given'),
    lost: over('lost', 'queued', true),
    ended: over('ended', 'gone', true),
  },
  sent: {
    joined: over('completed', 'given'),
    declined: over('declined', 'queued', true),
    busy: over('busy', 'queued'),
    unanswered: over('unanswered', 'queued', true),
    failed: over('failed', 'queued'),
    left: over('left', 'queued'),
    ended: over('ended', 'gone', true),
  },
};

/** A colleague who talks already takes the caller over rather than send them back into the line. */
export function courseOf(aside: Pick<AsideView, 'state' | 'kind'>, event: AsideEvent): Course | null {
  if (aside.state === 'over') return null;
  if (event === 'lost' && aside.state === 'private' && aside.kind !== 'number') return courses.private.complete ?? null;
  return courses[aside.state][event] ?? null;
}
