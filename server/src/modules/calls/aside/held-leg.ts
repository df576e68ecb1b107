import type { Call } from '../call.schema.ts';
import { noted } from '../following/noted.ts';

/** The very same call where it is so already. */
export function heldLeg(call: Call, legId: string, on: boolean, at: Date): Call {
  const leg = call.legs.find(({ id, state }) => id === legId && state === 'joined');
  if (leg === undefined || leg.held === on) return call;
  return {
    ...call,
    legs: call.legs.map((each) => (each === leg ? { ...each, held: on, heldAt: at } : each)),
    ...noted(call, { at, what: on ? 'held' : 'resumed', who: leg.role === 'customer' ? null : leg.name }),
  };
}
