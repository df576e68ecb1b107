export { erlangAOutcome } from './erlang/erlang-a.ts';
export { erlangB, erlangBLines, erlangBTraffic } from './erlang/erlang-b.ts';
export { erlangC, erlangCOutcome } from './erlang/erlang-c.ts';
export type { Load, Outcome } from './erlang/load.ts';
export { outcomeWith, requiredAgents, type Goal, type Requirement, type Work } from './erlang/required-agents.ts';
export { backTest } from './forecast/back-test.ts';
export { forecast, FEWEST_DAYS, type Forecast } from './forecast/forecast.ts';
export type { Day } from './forecast/history.ts';
export { methods } from './forecast/methods.ts';
