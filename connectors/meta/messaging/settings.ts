import { z } from 'zod';
import { apiBaseUrl, metaAccount } from '../account.ts';

const humanAgent = z.boolean().default(false).meta({
  title: 'Answer up to seven days later',
  description: 'Only if Meta has given your app the permission “Human Agent”; else answers go out for 24 hours.',
});

export const MessengerSettings = z.object({
  ...metaAccount,
  humanAgent,
  apiBaseUrl: apiBaseUrl('https://graph.facebook.com'),
});
/** Instagram's own login has an API address of its own. */
export const InstagramSettings = z.object({
  ...metaAccount,
  tokenEnds: z.iso.date().optional().meta({
    title: 'The token ends on',
    description:
      'Sixty days after it was made, with Instagram’s own login: Meta tells nobody. We warn two weeks before.',
  }),
  humanAgent,
  apiBaseUrl: apiBaseUrl('https://graph.instagram.com').meta({
    title: 'API address',
    description: 'https://graph.instagram.com, or https://graph.facebook.com for an account that is linked to a page.',
  }),
});
export type MessagingSettings = z.infer<typeof MessengerSettings>;
