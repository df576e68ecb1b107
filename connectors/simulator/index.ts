export { adviceFor, type Advice } from './cast/advice.ts';
export type { Medium, PastMedium } from './cast/story.ts';
export { Day, OF_HOUR } from './day.ts';
export { pastConversations, type Arrival, type PastConversation, type PastStep } from './past.ts';
export { opinionOf } from './opinions.ts';
export { Random } from './random.ts';
export { shop } from './shop.ts';
export { World, type SimulatedAccount, type SimulatedHub } from './world.ts';
