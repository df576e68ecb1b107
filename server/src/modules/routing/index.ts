export { loadOf } from './capacity.ts';
export { Decisions } from './decisions.ts';
export { RoutingModule } from './routing.module.ts';
