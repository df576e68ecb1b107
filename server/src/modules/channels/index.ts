export { AccountHealth, type Standing } from './account-health.ts';
export { AccountLag } from './account-lag.ts';
export { AccountTraffic } from './account-traffic.ts';
export type { ChannelAccount } from './channel-account.schema.ts';
export { visitorRoom } from './channel-context.ts';
export { ChannelsModule } from './channels.module.ts';
export { allConnectors, liveChannels } from './connector-list.ts';
export { colleagueMail } from './colleague-mail.ts';
export { Channels, type OpenChannel } from './channels.ts';
