import type { Guide } from '@switchboard/contract';
import { credentialsStep } from '../credentials-step.ts';

const senders = {
  label: 'WhatsApp senders',
  url: 'https://console.twilio.com/us1/develop/sms/senders/whatsapp-senders',
};

export const whatsAppGuide: Guide = {
  provider: 'Twilio',
  needsHttps: true,
  steps: [
    credentialsStep,
    {
      when: 'before',
      title: 'Register a WhatsApp sender',
      text: 'Under “Messaging”, “Senders”, “WhatsApp senders” create a sender and follow Twilio through Meta’s sign-up. It is ready when its status is “Online”. Its number here is written as +15551234567.',
      link: senders,
      gives: ['from'],
    },
    {
      when: 'after',
      title: 'Tell the sender where messages go',
      text: 'Open the sender. Under “Endpoint configuration” choose “Webhook” and put this address into “Webhook URL for incoming messages”, with HTTP POST. Put the second one into “Status callback URL”. Save.',
      link: senders,
      copy: [
        { label: 'Webhook URL for incoming messages', hook: '' },
        { label: 'Status callback URL', hook: 'status' },
      ],
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Write to the number from your own WhatsApp. After 24 hours without a word from the customer only approved templates go out: they are made under “Content Template Builder”.',
      link: { label: 'Content templates', url: 'https://console.twilio.com/us1/develop/sms/content-template-builder' },
    },
  ],
};
