export { DesksModule } from './desks.module.ts';
