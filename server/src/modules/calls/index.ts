export { CallsModule } from './calls.module.ts';
