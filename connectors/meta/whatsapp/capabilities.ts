import type { Capabilities } from '@switchboard/contract';

export const capabilities: Capabilities = {
  sends: ['message.send', 'reaction.set', 'typing.set', 'read.set'],
  emits: [
    'message.received',
    'message.echoed',
    'message.edited',
    'message.deleted',
    'reaction.changed',
    'delivery.changed',
    'consent.changed',
  ],
  content: {
    text: { maxLength: 4096, html: false, segments: false },
    // https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types
    media: {
      maxBytes: 16_000_000,
      maxCount: 10,
      mimeTypes: [
        'image/jpeg',
        'image/png',
        'image/webp',
        'video/mp4',
        'video/3gpp',
        'audio/aac',
        'audio/amr',
        'audio/mpeg',
        'audio/mp4',
        'audio/ogg',
        'application/*',
        'text/plain',
      ],
    },
    location: true,
    choices: { max: 10 },
    templates: true,
  },
  conversation: {
    start: { recipient: 'phone' },
    groups: true,
    subject: false,
    cc: false,
    replyWindow: { hours: 24, afterwards: 'template-only' },
    live: false,
  },
  // The Cloud API edits and deletes nothing.
  changes: { editHours: null, deleteHours: null, reactions: { emoji: null, single: true } },
  call: null,
  // Meta's own limit is 80 a second for each number.
  rateLimit: { perSecond: 60 },
};
