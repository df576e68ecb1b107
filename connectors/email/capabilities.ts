import type { Capabilities } from '@switchboard/contract';

export const maxMailBytes = 30_000_000;

export const emailCapabilities: Capabilities = {
  sends: ['message.send'],
  emits: ['message.received', 'delivery.changed', 'consent.changed'],
  content: {
    text: { maxLength: 200_000, html: true, segments: false },
    // Base64 makes 20 MB of files a mail of 27 MB; many servers refuse more than 25 to 30.
    media: { maxBytes: 20_000_000, maxCount: 50, mimeTypes: ['*/*'] },
    location: false,
    choices: null,
    templates: false,
  },
  conversation: {
    start: { recipient: 'email' },
    groups: false,
    subject: true,
    cc: true,
    replyWindow: null,
    live: false,
  },
  changes: null,
  call: null,
  rateLimit: null,
};
