export { QuarantineModule } from './quarantine.module.ts';
export { Quarantine } from './quarantine.ts';
