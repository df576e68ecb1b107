export { FlowModule } from './flow.module.ts';
export { FlowTimes } from './flow-times.ts';
export type { FlowStages } from './stages.ts';
