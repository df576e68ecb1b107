import { z } from 'zod';

export const SlackSettings = z
  .object({
    botToken: z
      .string()
      .regex(/^xox[bpe][-.]/, 'A token that starts with xoxb-')
      .optional()
      .meta({
        title: 'Bot token',
        description:
          'Starts with xoxb-; under “OAuth & Permissions” once the app is installed in the workspace. Not needed with “Add to Slack”.',
        secret: true,
      }),
    clientId: z
      .string()
      .regex(/^\d+\.\d+$/, 'Two numbers with a dot between them')
      .optional()
      .meta({
        title: 'Client ID',
        description: 'Under “Basic Information”. With it and the client secret the app is installed by “Add to Slack”.',
      }),
    clientSecret: z.string().min(1).max(200).optional().meta({
      title: 'Client secret',
      description: 'Under “Basic Information”.',
      secret: true,
    }),
    signingSecret: z.string().min(1).max(200).optional().meta({
      title: 'Signing secret',
      description: 'Under “Basic Information”. It proves that events come from Slack; not needed with Socket Mode.',
      secret: true,
    }),
    appToken: z
      .string()
      .regex(/^xapp-/, 'A token that starts with xapp-')
      .optional()
      .meta({
        title: 'App token for Socket Mode',
        description: 'Starts with xapp-. With it the hub fetches events itself, so that Slack need not reach it.',
        secret: true,
      }),
    channels: z
      .array(z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'A channel’s id, such as C0123456789'))
      .max(200)
      .default([])
      .meta({
        title: 'Only these channels',
        description:
          'Ids such as C0123456789, at the bottom of a channel’s details. None: every channel that the app is a member of. Direct messages always arrive.',
      }),
    showAgent: z.boolean().default(true).meta({
      title: 'Answers under the agent’s name',
      description: 'With name and picture. Needs the permission chat:write.customize.',
    }),
    apiBaseUrl: z
      .url({ protocol: /^https?$/ })
      .default('https://slack.com/api/')
      .meta({
        title: 'API address',
        description: 'Leave it as it is, unless your requests go through a proxy of your own.',
      }),
  })
  .refine(({ signingSecret, appToken }) => signingSecret || appToken, {
    path: ['signingSecret'],
    message: 'A signing secret is needed, or an app token for Socket Mode',
  });
export type SlackSettings = z.infer<typeof SlackSettings>;

export const exampleSettings: SlackSettings = {
  botToken: 'xoxb-example',
  signingSecret: 'example-signing-secret',
  channels: [],
  showAgent: true,
  apiBaseUrl: 'https://slack.com/api/',
};
