import { z } from 'zod';

export const ApiSettings = z.object({
  signingSecret: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/,
      'whsec_ and at least 24 characters of base64: echo whsec_$(openssl rand -base64 32)',
    )
    .meta({
      title: 'Signing secret',
      description:
        'Signs what you send and what you get (Standard Webhooks). Make one by: echo whsec_$(openssl rand -base64 32)',
      secret: true,
    }),
  token: z.string().min(16, 'At least 16 characters').max(500).optional().meta({
    title: 'Token',
    description: 'Who can’t sign may send “Authorization: Bearer …” with it. Leave it empty if all can.',
    secret: true,
  }),
  deliverUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)])
    .default('')
    .meta({
      title: 'Where answers go',
      description: 'Your address for them. Empty: tickets come in, and no answer goes out this way.',
    }),
});
export type ApiSettings = z.infer<typeof ApiSettings>;

export const exampleSettings: ApiSettings = {
  signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  deliverUrl: 'https://app.example.org/switchboard',
};
