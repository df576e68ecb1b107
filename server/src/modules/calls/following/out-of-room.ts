import type { Call } from '../call.schema.ts';

/** Everybody has left it. Their `at` stays: the provider's clock, by which they come back, may be behind ours. */
export const outOfRoom = (call: Call, at: Date): Call => ({
  ...call,
  legs: call.legs.map((leg) => (leg.state === 'joined' ? { ...leg, state: 'left', held: false, leftAt: at } : leg)),
});
