export type { Agent } from './agent.schema.ts';
export { AgentsModule } from './agents.module.ts';
export { AGENT_CHANGED, Agents, AGENTS_MOVED, type Face, type Member } from './agents.ts';
export { OFFER_MISSED, type MissedOffer } from './missed-offers.consumer.ts';
export { mayRead } from './may-read.ts';
