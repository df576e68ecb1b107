export { EscalationsModule } from './escalations.module.ts';
