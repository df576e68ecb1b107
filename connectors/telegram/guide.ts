import type { Guide } from '@switchboard/contract';

const botFather = { label: '@BotFather', url: 'https://t.me/BotFather' };

export const telegramGuide: Guide = {
  provider: 'Telegram',
  needsHttps: true,
  steps: [
    {
      when: 'before',
      title: 'Make a bot',
      text: 'In Telegram, write /newbot to @BotFather and answer its questions. It gives you the token, such as 110201543:AAH…, and the bot’s user name, which is needed in groups alone. The webhook secret may stay empty: the hub makes one.',
      link: botFather,
      gives: ['botToken', 'botUsername', 'webhookSecret'],
    },
    {
      when: 'after',
      title: 'Press “Connect”',
      text: 'Above on this page. The hub tells Telegram its address and what it wants to hear of; nothing is to be copied. Where the bot was connected elsewhere, it is taken from there.',
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Open the bot in Telegram, press “Start” and write something.\nIn groups a bot hears only who names it or answers it. To let it hear everything, write /setprivacy to @BotFather and choose “Disable”, then add it to the group again.',
      link: botFather,
    },
  ],
};
