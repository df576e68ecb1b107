import { amending } from './amending.ts';
import { composer } from './composer.ts';
import { conversation } from './conversation.ts';
import { customer } from './customer.ts';
import { held } from './held.ts';
import { inbox } from './inbox.ts';

/** Words of the inbox, the conversation, the composer and the customer's panel. */
export const work = { ...inbox, ...conversation, ...amending, ...composer, ...customer, ...held } as const;
