export { LiveModule } from './live.module.ts';
export { EVERY_QUEUE } from './rooms.ts';
