import type { Guide } from '@switchboard/contract';

export const webchatGuide: Guide = {
  provider: null,
  needsHttps: false,
  steps: [
    {
      when: 'before',
      title: 'Say where the chat may be',
      text: 'List the websites that may show it, such as https://www.example.com: while the list is empty any site may. All else can stay as it is.',
      gives: ['allowedOrigins'],
    },
    {
      when: 'before',
      title: 'If visitors sign in to your website: choose an identity secret',
      text: 'At least 16 characters that your server alone knows. With it your website can prove who somebody is. Leave it empty otherwise.',
      gives: ['identitySecret'],
    },
    {
      when: 'after',
      title: 'Put it on your website',
      text: 'Paste this line before </body> on every page that should have the chat.',
      copy: [
        { label: 'Script tag', text: '<script src="{origin}/widget.js" data-account="{account}" async></script>' },
      ],
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Open the test page and write something: it arrives in the inbox.',
      link: { label: 'Open the test page', url: '{origin}/widget-test?account={account}' },
    },
    {
      when: 'after',
      title: 'With an identity secret: say who visitors are',
      text: 'Your server computes HMAC-SHA256(secret, userId) in hex, and the page hands it over. Where the user id is the e-mail address, chat and mail become one history.',
      copy: [
        {
          label: 'On pages of signed-in visitors',
          text: "Switchboard.identify({ userId: 'ada@example.org', hash: '…', name: 'Ada' });",
        },
      ],
    },
  ],
};
