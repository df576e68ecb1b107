import type { Capabilities } from '@switchboard/contract';

export const apiCapabilities: Capabilities = {
  sends: ['message.send', 'message.edit', 'message.delete', 'reaction.set', 'typing.set', 'read.set'],
  emits: [
    'message.received',
    'message.edited',
    'message.deleted',
    'reaction.changed',
    'delivery.changed',
    'typing.changed',
    'consent.changed',
  ],
  content: {
    text: { maxLength: 50_000, html: true, segments: false },
    media: { maxBytes: 25_000_000, maxCount: 20, mimeTypes: ['*/*'] },
    location: true,
    choices: { max: 50 },
    templates: false,
  },
  conversation: {
    start: null,
    groups: true,
    subject: true,
    cc: false,
    replyWindow: null,
    live: false,
  },
  changes: { editHours: null, deleteHours: null, reactions: { emoji: null, single: false } },
  call: null,
  rateLimit: { perSecond: 20 },
};
