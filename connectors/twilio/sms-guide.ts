import type { Guide } from '@switchboard/contract';
import { credentialsStep, numbers } from './credentials-step.ts';

export const smsGuide: Guide = {
  provider: 'Twilio',
  needsHttps: true,
  steps: [
    credentialsStep,
    {
      when: 'before',
      title: 'Choose the number',
      text: 'Under “Phone Numbers”, “Manage”, “Active numbers” are your numbers; buy one that can send SMS if there is none. Write it as +15551234567.\nIf a messaging service chooses the sending number, take its SID instead (it begins with MG).',
      link: numbers,
      gives: ['from', 'messagingServiceSid'],
    },
    {
      when: 'after',
      title: 'Tell the number where messages go',
      text: 'Open the number. Under “Messaging Configuration” set “A message comes in” to “Webhook”, this address and HTTP POST, then save.\nA number that belongs to a messaging service: open the service, “Integration”, “Send a webhook”, and put the address into “Request URL”.\nReports on what you send need nothing: the hub asks for them with each message.',
      link: numbers,
      copy: [{ label: 'A message comes in', hook: '' }],
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Send a text message from your own phone to the number.',
    },
  ],
};
