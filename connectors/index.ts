import type { Connector } from '@switchboard/contract';
import { api } from './api/index.ts';
import { email } from './email/index.ts';
import { httpSms } from './http-sms/index.ts';
import { meta } from './meta/index.ts';
import { slack } from './slack/index.ts';
import { telegram } from './telegram/index.ts';
import { twilioSms } from './twilio/index.ts';
import { twilioVoice } from './twilio/voice/index.ts';
import { twilioWhatsApp } from './twilio/whatsapp/index.ts';
import { webchat } from './webchat/index.ts';
import { webform } from './webform/index.ts';

export { openSafeFetch } from './kit/safe-fetch.ts';

/** Every channel that Switchboard speaks. Adding one is its folder and one line here. */
export const connectors: readonly Connector[] = [
  webchat,
  email,
  twilioSms,
  twilioVoice,
  twilioWhatsApp,
  httpSms,
  slack,
  api,
  webform,
  telegram,
  ...meta,
];

/** The folder of the built widget, from source as well as from dist. */
export const widgetFiles = new URL(
  `${import.meta.url.endsWith('.ts') ? '.' : '..'}/webchat/widget/dist/`,
  import.meta.url,
);
