import type { Guide } from '@switchboard/contract';
import { credentialsStep, numbers } from '../credentials-step.ts';

export const voiceGuide: Guide = {
  provider: 'Twilio',
  needsHttps: true,
  steps: [
    credentialsStep,
    {
      when: 'before',
      title: 'Choose the number',
      text: 'Under “Phone Numbers”, “Manage”, “Active numbers” are your numbers; buy one that can take calls if there is none. Write it as +15551234567.',
      link: numbers,
      gives: ['number'],
    },
    {
      when: 'before',
      title: 'Make an API key',
      text: 'With it agents’ browsers are let in. Under “Account”, “API keys & tokens” create a key of the type “Standard”. Copy its SID (it begins with SK) and its secret: Twilio shows the secret this once.',
      link: { label: 'API keys', url: 'https://console.twilio.com/us1/account/keys-credentials/api-keys' },
      gives: ['apiKeySid', 'apiKeySecret'],
    },
    {
      when: 'before',
      title: 'Make a TwiML app',
      text: 'Agents’ browsers call through it. Under “Voice”, “Manage”, “TwiML apps” create one; as the “Request URL” under “Voice” take this address with HTTP POST. Its SID begins with AP.',
      link: { label: 'TwiML apps', url: 'https://console.twilio.com/us1/develop/voice/manage/twiml-apps' },
      copy: [{ label: 'Voice request URL', hook: 'agent' }],
      gives: ['twimlAppSid'],
    },
    {
      when: 'after',
      title: 'Tell the number where calls go',
      text: 'Open your number. Under “Voice Configuration” set “A call comes in” to “Webhook”, the first address and HTTP POST; set “Call status changes” to the second with HTTP POST. Save.\nThe test above looks whether all three addresses are as they should be.',
      link: numbers,
      copy: [
        { label: 'A call comes in', hook: '' },
        { label: 'Call status changes', hook: 'status' },
      ],
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Call the number from your own phone. Agents who are ready hear it ring in their browser.',
    },
  ],
};
