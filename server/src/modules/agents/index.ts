export type { Agent } from './agent.schema.ts';
export { AgentsModule } from './agents.module.ts';
export { Agents, AGENTS_MOVED, type Face } from './agents.ts';
export { mayRead } from './may-read.ts';
