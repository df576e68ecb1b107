export { VisitorsModule } from './visitors.module.ts';
