export { InboundMediaModule } from './inbound-media.module.ts';
