import type { Capabilities } from '@switchboard/contract';

export const voiceCapabilities: Capabilities = {
  sends: ['call.control'],
  emits: ['call.changed'],
  content: {
    text: { maxLength: 0, html: false, segments: false },
    media: null,
    location: false,
    choices: null,
    templates: false,
  },
  conversation: { start: null, groups: false, subject: false, cc: false, replyWindow: null, live: true },
  changes: null,
  call: { hold: true, transfer: true, recording: true },
  // New calls start at one a second (https://www.twilio.com/docs/voice/api/call-resource); steering is not held back so.
  rateLimit: null,
};
