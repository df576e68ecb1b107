export { loadOf } from './capacity.ts';
export { Decisions } from './decisions.ts';
export { EndOffer } from './offers/end-offer.ts';
export { Offers } from './offers/offers.ts';
export { ExpectWait } from './wait/expect-wait.ts';
export { RoutingLabModule } from './lab/lab.module.ts';
export { RoutingModule } from './routing.module.ts';
