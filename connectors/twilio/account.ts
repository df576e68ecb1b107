import { z } from 'zod';

/** What every Twilio channel needs. */
export const TwilioAccount = z.object({
  accountSid: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits')
    .meta({ title: 'Account SID', description: 'On the first page of the Twilio console; starts with AC.' }),
  authToken: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Auth token', description: 'Below the account SID. It also signs the webhooks.', secret: true }),
  apiBaseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.twilio.com')
    .meta({
      title: 'API address',
      description: 'Leave it as it is, unless your requests go through a proxy of your own.',
    }),
});
export type TwilioAccount = z.infer<typeof TwilioAccount>;

/** HTTP basic authentication, as every resource of the account asks for it. */
export const authorizationOf = ({ accountSid, authToken }: TwilioAccount): string =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
