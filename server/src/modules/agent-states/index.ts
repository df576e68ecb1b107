export { AgentStatesModule } from './agent-states.module.ts';
export { FollowActivity } from './follow-activity.ts';
export { FollowConsoles } from './follow-consoles.ts';
export type { HandlingSpell } from './handling/handling-spell.schema.ts';
export { HandlingSpells } from './handling/handling-spells.ts';
export { MeasureHandling } from './handling/measure-handling.ts';
export { OFFER_MISSED, type MissedOffer } from './missed-offers.consumer.ts';
export { StateSpells } from './state-history.ts';
export { BeginWrapUp } from './wrap-up/begin-wrap-up.ts';
