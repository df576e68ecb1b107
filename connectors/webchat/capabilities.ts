import type { Capabilities } from '@switchboard/contract';

export const maxTextLength = 10_000;

export const capabilities: Capabilities = {
  sends: ['message.send', 'message.edit', 'message.delete', 'reaction.set', 'typing.set', 'read.set'],
  emits: ['message.received', 'delivery.changed', 'typing.changed'],
  content: {
    text: { maxLength: maxTextLength, html: false, segments: false },
    media: {
      maxBytes: 25 * 1024 * 1024,
      maxCount: 10,
      mimeTypes: [
        'image/jpeg',
        'image/png',
        'image/gif',
        'image/webp',
        'application/pdf',
        'text/plain',
        'text/csv',
        'application/msword',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.ms-excel',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'audio/mpeg',
        'audio/ogg',
        'video/mp4',
      ],
    },
    location: false,
    choices: { max: 50 },
    templates: false,
  },
  conversation: { start: null, groups: false, subject: false, cc: false, replyWindow: null, live: true },
  changes: { editHours: null, deleteHours: null, reactions: { emoji: null, single: false } },
  call: null,
  rateLimit: null,
};
