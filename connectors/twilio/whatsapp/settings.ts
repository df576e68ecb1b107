import { z } from 'zod';
import { TwilioAccount } from '../account.ts';

export const WhatsAppSettings = TwilioAccount.extend({
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'A number such as +15551234567')
    .meta({ title: 'WhatsApp number', description: 'Your sender in Twilio under Messaging, WhatsApp senders.' }),
  contentBaseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://content.twilio.com')
    .meta({
      title: 'Address of the templates',
      description: 'Leave it as it is, unless your requests go through a proxy.',
    }),
});
export type WhatsAppSettings = z.infer<typeof WhatsAppSettings>;
