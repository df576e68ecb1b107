export { AuditModule } from './audit.module.ts';
export { Audit } from './audit.ts';
