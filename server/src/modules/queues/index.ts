export type { Queue } from './queue.schema.ts';
export { QueuesModule } from './queues.module.ts';
export { Queues } from './queues.ts';
