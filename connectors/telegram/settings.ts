import { z } from 'zod';

export const TelegramSettings = z.object({
  botToken: z
    .string()
    .regex(/^\d{3,20}:[\w-]{20,100}$/, 'Digits, a colon and letters, as @BotFather gave it')
    .meta({
      title: 'Bot token',
      description: 'From @BotFather in Telegram: /newbot, or /token of a bot that you have.',
      secret: true,
    }),
  botUsername: z
    .string()
    .regex(/^@?\w{3,40}$/, 'A name such as acme_help_bot')
    .optional()
    .meta({
      title: 'Bot’s user name',
      description: 'Only needed in groups: there the bot hears who names it, or answers it, and nobody else.',
    }),
  webhookSecret: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'At least 16 letters, digits, _ or -')
    .optional()
    .meta({
      title: 'Webhook secret',
      description:
        'What Telegram sends along to prove itself. Leave it empty, and the hub makes one when you connect the bot.',
      secret: true,
    }),
  apiBaseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .meta({ title: 'API address', description: 'Leave it as it is, unless you run a Bot API server of your own.' }),
});
export type TelegramSettings = z.infer<typeof TelegramSettings>;

/** The number before the colon is the bot's own user id. */
export const botIdOf = ({ botToken }: Pick<TelegramSettings, 'botToken'>): number => Number(botToken.split(':')[0]);
