import type { Capabilities } from '@switchboard/contract';

export const capabilities: Capabilities = {
  sends: ['message.send'],
  emits: ['message.received', 'delivery.changed', 'consent.changed'],
  content: {
    text: { maxLength: 1600, html: false, segments: false },
    // https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
    media: {
      maxBytes: 16_000_000,
      maxCount: 1,
      mimeTypes: ['image/jpeg', 'image/png', 'audio/*', 'video/mp4', 'application/pdf', 'text/vcard'],
    },
    location: false,
    choices: null,
    templates: true,
  },
  conversation: {
    start: { recipient: 'phone' },
    groups: false,
    subject: false,
    cc: false,
    replyWindow: { hours: 24, afterwards: 'template-only' },
    live: false,
  },
  changes: null,
  call: null,
  rateLimit: { perSecond: 20 },
};
