import { z } from 'zod';

/** What every channel of a Meta app needs. */
export const metaAccount = {
  appId: z
    .string()
    .regex(/^\d{5,25}$/, 'Digits')
    .optional()
    .meta({
      title: 'App ID',
      description: 'On top of the app’s page at developers.facebook.com. Lets us see when the token ends.',
    }),
  appSecret: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'App secret', description: 'App settings, Basic. It signs what Meta sends.', secret: true }),
  verifyToken: z.string().min(8, 'At least 8 characters').max(200).meta({
    title: 'Verify token',
    description: 'Your own words: give the same to Meta beside the webhook address.',
    secret: true,
  }),
  accessToken: z
    .string()
    .min(1)
    .max(1000)
    .meta({ title: 'Access token', description: 'A lasting one, of a system user or of the page.', secret: true }),
};

export const apiBaseUrl = (origin: string) =>
  z
    .url({ protocol: /^https?$/ })
    .default(origin)
    .meta({
      title: 'API address',
      description: 'Leave it as it is, unless your requests go through a proxy of your own.',
    });

export interface MetaAccount {
  readonly appId?: string | undefined;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly accessToken: string;
  /** Where nobody but its owner knows when the token ends: 2027-01-27. */
  readonly tokenEnds?: string | undefined;
  readonly apiBaseUrl: string;
}
