export type { Agent } from './agent.schema.ts';
export { AgentsModule } from './agents.module.ts';
export { AGENT_CHANGED, Agents, AGENTS_MOVED, type Colleague, type Face, type Member } from './agents.ts';
export { mayRead } from './may-read.ts';
export { chosenOf, effective, isSame, type Chosen, type Pause, type Reason, type Spell } from './agent-standing.ts';
export { WriteQueue } from './queues/write-queue.ts';
export { UpdateAgent } from './update-agent.ts';
