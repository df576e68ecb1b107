import type { Capabilities } from '@switchboard/contract';

/** A page's messages can't be edited, nor taken back: https://developers.facebook.com/docs/messenger-platform/reference/send-api */
const reacting = (emoji: string[] | null): Capabilities['changes'] => ({
  editHours: null,
  deleteHours: null,
  reactions: { emoji, single: true },
});

const common = {
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
  conversation: {
    start: null,
    groups: false,
    subject: false,
    cc: false,
    // https://developers.facebook.com/docs/messenger-platform/policy/policy-overview; without the permission for more it is a day.
    replyWindow: { hours: 7 * 24, afterwards: 'blocked' },
    live: false,
  },
  call: null,
  rateLimit: { perSecond: 40 },
} satisfies Partial<Capabilities>;

const media = { maxCount: 10, mimeTypes: ['image/*', 'audio/*', 'video/*', 'application/pdf'] };

export const messengerCapabilities: Capabilities = {
  ...common,
  changes: reacting(null),
  content: {
    text: { maxLength: 2000, html: false, segments: false },
    media: { ...media, maxBytes: 25_000_000, mimeTypes: ['*/*'] },
    location: false,
    choices: { max: 13 },
    templates: false,
  },
};

/** The one that its API names. */
export const INSTAGRAM_REACTION = '❤';

export const instagramCapabilities: Capabilities = {
  ...common,
  changes: reacting([INSTAGRAM_REACTION]),
  content: {
    // 1,000 bytes, of which a letter may take several: deliver counts them.
    text: { maxLength: 1000, html: false, segments: false },
    media: { ...media, maxBytes: 8_000_000 },
    location: false,
    choices: { max: 13 },
    templates: false,
  },
};

/** Without Meta's permission to answer later. */
export const forADay = (capabilities: Capabilities): Capabilities => ({
  ...capabilities,
  conversation: { ...capabilities.conversation, replyWindow: { hours: 24, afterwards: 'blocked' } },
});
