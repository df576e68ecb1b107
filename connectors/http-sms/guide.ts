import type { Guide } from '@switchboard/contract';

export const httpSmsGuide: Guide = {
  provider: null,
  needsHttps: true,
  steps: [
    {
      when: 'before',
      title: 'Find out how the gateway sends a message',
      text: 'Its API documentation shows a request that sends an SMS: address, headers and body. Copy it into the settings, with {to}, {text}, {from} and {id} where the values go, and the key and secret as {apiKey} and {apiSecret}.',
      gives: ['from', 'apiKey', 'apiSecret', 'send'],
    },
    {
      when: 'before',
      title: 'Find out what it sends you',
      text: 'The same documentation shows the webhook of a message that comes in and of a delivery report: say in which fields sender, text and status are.',
      gives: ['receive', 'report'],
    },
    {
      when: 'before',
      title: 'Choose how the gateway proves that it calls',
      text: 'Take a signature where it offers one. Else a secret in a header, a name and password, or a secret at the end of the address: ?token=…',
      gives: ['proof'],
    },
    {
      when: 'after',
      title: 'Give the gateway the addresses',
      text: 'In its settings of your number: the first for messages that come in, the second for delivery reports. Where the proof is a secret in the address, put ?token= and the secret at the end of both; where it is a name and password, put them in as https://name:password@…',
      copy: [
        { label: 'Incoming messages', hook: '' },
        { label: 'Delivery reports', hook: 'status' },
      ],
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Send a text message from your own phone to the number.',
    },
  ],
};
