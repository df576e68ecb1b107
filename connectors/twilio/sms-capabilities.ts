import type { Capabilities } from '@switchboard/contract';

export const smsCapabilities: Capabilities = {
  sends: ['message.send'],
  emits: ['message.received', 'delivery.changed', 'consent.changed'],
  content: {
    text: { maxLength: 1600, html: false, segments: true },
    // https://www.twilio.com/docs/messaging/guides/accepted-mime-types
    media: {
      maxBytes: 5_000_000,
      maxCount: 10,
      mimeTypes: ['image/jpeg', 'image/png', 'image/gif', 'audio/*', 'video/*', 'text/vcard', 'application/pdf'],
    },
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
  // Twilio queues for its senders itself; this keeps us below the API's own limit of concurrent requests.
  rateLimit: { perSecond: 20 },
};
