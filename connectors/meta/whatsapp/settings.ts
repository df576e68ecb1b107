import { z } from 'zod';
import { apiBaseUrl, metaAccount } from '../account.ts';

export const WhatsAppSettings = z.object({
  phoneNumberId: z
    .string()
    .regex(/^\d{5,25}$/, 'Digits')
    .meta({ title: 'Phone number ID', description: 'WhatsApp, API setup; it is not the number itself.' }),
  businessAccountId: z
    .string()
    .regex(/^\d{5,25}$/, 'Digits')
    .meta({ title: 'WhatsApp Business account ID', description: 'On the same page. Your templates are read from it.' }),
  ...metaAccount,
  apiBaseUrl: apiBaseUrl('https://graph.facebook.com'),
});
export type WhatsAppSettings = z.infer<typeof WhatsAppSettings>;
