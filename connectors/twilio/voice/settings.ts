import { z } from 'zod';
import { TwilioAccount } from '../account.ts';

const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `${prefix} and 32 digits`);

export const VoiceSettings = TwilioAccount.extend({
  number: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'A number such as +15551234567')
    .meta({
      title: 'Phone number',
      description: 'Such as +15551234567.',
    }),
  apiKeySid: sid('SK').meta({
    title: 'API key SID',
    description: 'Of a standard API key, with which agents’ browsers are let in; starts with SK.',
  }),
  apiKeySecret: z.string().min(1).max(200).meta({
    title: 'API key secret',
    description: 'Twilio shows it once, when the key is made.',
    secret: true,
  }),
  twimlAppSid: sid('AP').meta({
    title: 'TwiML app SID',
    description: 'Agents’ browsers call through this app; starts with AP.',
  }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language such as en-GB or de-DE')
    .default('en-US')
    .meta({ title: 'Language', description: 'In which a caller hears that something went wrong. Such as en-GB.' }),
  holdMusicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      title: 'Music while waiting',
      description: 'An MP3 or WAV file of about half a minute. It is played where the queue has no music of its own.',
    }),
  softphoneUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      title: 'Softphone of a simulator',
      description: 'Leave it empty: agents then speak through Twilio. A simulated Twilio says its own address here.',
    }),
});
export type VoiceSettings = z.infer<typeof VoiceSettings>;
