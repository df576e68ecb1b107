export { erlangAOutcome } from './erlang/erlang-a.ts';
export { erlangB, erlangBLines, erlangBTraffic } from './erlang/erlang-b.ts';
export { erlangC, erlangCOutcome } from './erlang/erlang-c.ts';
export type { Load, Outcome } from './erlang/load.ts';
export { outcomeWith, requiredAgents, type Goal, type Requirement, type Work } from './erlang/required-agents.ts';
