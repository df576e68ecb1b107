export { AcceptRaw } from './accept-raw.ts';
export { IngressModule } from './ingress.module.ts';
export type { StoredRaw } from './raw-request.schema.ts';
export { RawStore } from './raw-store.ts';
