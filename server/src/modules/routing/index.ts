export { Decisions } from './decisions.ts';
export { RoutingModule } from './routing.module.ts';
