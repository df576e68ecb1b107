import type { Guide } from '@switchboard/contract';

const body = `{ "type": "message", "id": "test-1", "conversation": "test-1", "subject": "A first ticket",
    "from": { "id": "u-7", "name": "Ada" }, "text": "Does it arrive?" }`;

export const apiGuide: Guide = {
  provider: null,
  needsHttps: false,
  steps: [
    {
      when: 'before',
      title: 'Make a signing secret',
      text: 'It signs what your system sends and what it gets. Make one by the command below. If a system can’t sign, choose a token as well: at least 16 characters.',
      copy: [{ label: 'In a terminal', text: 'echo whsec_$(openssl rand -base64 32)' }],
      gives: ['signingSecret', 'token'],
    },
    {
      when: 'before',
      title: 'Say where answers go',
      text: 'An address of your system that takes what agents write, signed in the same way. Leave it empty if tickets only come in.',
      gives: ['deliverUrl'],
    },
    {
      when: 'after',
      title: 'Send the first message',
      text: 'Your system posts JSON to this address, signed as Standard Webhooks describe it: there are libraries for every language. With a token instead, this opens a ticket:',
      link: { label: 'Standard Webhooks', url: 'https://www.standardwebhooks.com/' },
      copy: [
        { label: 'Webhook address', hook: '' },
        {
          label: 'In a terminal, with your token',
          text: `curl {webhook} \\\n  -H 'authorization: Bearer TOKEN' \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`,
        },
      ],
    },
  ],
};
