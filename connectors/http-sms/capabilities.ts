import type { Capabilities } from '@switchboard/contract';

export const gatewayCapabilities: Capabilities = {
  sends: ['message.send'],
  emits: ['message.received', 'delivery.changed', 'consent.changed'],
  content: {
    text: { maxLength: 1600, html: false, segments: true },
    media: null,
    location: false,
    choices: null,
    templates: false,
  },
  conversation: {
    start: { recipient: 'phone' },
    groups: false,
    subject: false,
    cc: false,
    replyWindow: null,
    live: false,
  },
  changes: null,
  call: null,
  rateLimit: { perSecond: 5 },
};
