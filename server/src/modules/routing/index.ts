export { RoutingModule } from './routing.module.ts';
