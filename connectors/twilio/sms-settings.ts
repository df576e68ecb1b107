import { z } from 'zod';
import { TwilioAccount } from './account.ts';

export const SmsSettings = TwilioAccount.extend({
  from: z
    .string()
    .regex(/^(\+[1-9]\d{6,14}|\d{3,6})$/, 'A number such as +15551234567, or a short code')
    .optional()
    .meta({ title: 'Sending number', description: 'Such as +15551234567. Not needed with a messaging service.' }),
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/, 'MG and 32 hexadecimal digits')
    .optional()
    .meta({ title: 'Messaging service SID', description: 'Only if a messaging service chooses the sending number.' }),
}).refine(({ from, messagingServiceSid }) => from || messagingServiceSid, {
  path: ['from'],
  message: 'A sending number or a messaging service is needed',
});
export type SmsSettings = z.infer<typeof SmsSettings>;
