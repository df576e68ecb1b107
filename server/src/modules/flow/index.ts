export { FlowModule } from './flow.module.ts';
export { FlowTimes } from './flow-times.ts';
