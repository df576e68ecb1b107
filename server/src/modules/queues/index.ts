export type { Queue } from './queue.schema.ts';
export { QueuesModule } from './queues.module.ts';
export { Queues, QUEUE_CHANGED } from './queues.ts';
