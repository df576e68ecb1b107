import type { Guide } from '@switchboard/contract';

export const formGuide: Guide = {
  provider: null,
  needsHttps: false,
  steps: [
    {
      when: 'before',
      title: 'Say what the form asks, and where it may stand',
      text: 'List your websites, such as https://shop.example: while the list is empty any site may show it. Answers go out over your oldest e-mail account, so have one.',
      gives: ['allowedOrigins', 'email'],
    },
    {
      when: 'after',
      title: 'Put it on your website',
      text: 'Paste the line where the form should stand, or link to the form’s own page.',
      copy: [
        { label: 'Script tag', text: '<script src="{webhook}/form.js"></script>' },
        { label: 'Page of the form', text: '{webhook}/form' },
      ],
      link: { label: 'Open the form’s page', url: '{webhook}/form' },
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Fill the form in on its own page: it arrives in the inbox.',
    },
  ],
};
