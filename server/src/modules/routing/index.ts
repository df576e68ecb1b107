export { loadOf } from './capacity.ts';
export { Decisions } from './decisions.ts';
export { ExpectWait } from './wait/expect-wait.ts';
export { RoutingModule } from './routing.module.ts';
