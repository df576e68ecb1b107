import type { Connector } from '@switchboard/contract';
import { twilioSms } from './twilio/index.ts';
import { webchat } from './webchat/index.ts';

/** Every channel that Switchboard speaks. Adding one is its folder and one line here. */
export const connectors: readonly Connector[] = [webchat, twilioSms];
