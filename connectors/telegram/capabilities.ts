import type { Capabilities } from '@switchboard/contract';

/** Of those that bots may set (https://core.telegram.org/bots/api#reactiontypeemoji), what somebody at work would. */
const reactions = [
  ...[
    '👍',
    '👎',
    '❤',
    '🔥',
    '🥰',
    '👏',
    '😁',
    '🤔',
    '🤯',
    '😱',
    '😢',
    '🎉',
    '🤩',
    '🙏',
    '👌',
    '🥱',
    '😍',
    '💯',
    '🤣',
    '⚡',
  ],
  ...[
    '🏆',
    '💔',
    '🤨',
    '😐',
    '🍓',
    '🍾',
    '😴',
    '😭',
    '🤓',
    '👀',
    '🎃',
    '🙈',
    '😇',
    '😨',
    '🤝',
    '✍',
    '🤗',
    '🫡',
    '🎄',
    '☃',
  ],
  ...['🆒', '🦄', '😎', '🤷'],
];

export const capabilities: Capabilities = {
  sends: ['message.send', 'message.edit', 'message.delete', 'reaction.set', 'typing.set'],
  emits: [
    'message.received',
    'message.echoed',
    'message.edited',
    'message.deleted',
    'reaction.changed',
    'consent.changed',
  ],
  content: {
    text: { maxLength: 4096, html: false, segments: false },
    // https://core.telegram.org/bots/api#sending-files: uploads up to 50 MB; these are held in memory on their way.
    media: { maxBytes: 20_000_000, maxCount: 10, mimeTypes: ['*/*'] },
    location: true,
    choices: { max: 50 },
    templates: false,
  },
  conversation: {
    // A bot may only answer: https://core.telegram.org/bots#how-do-bots-work
    start: null,
    groups: true,
    subject: false,
    cc: false,
    replyWindow: null,
    live: false,
  },
  changes: {
    editHours: null,
    // https://core.telegram.org/bots/api#deletemessage
    deleteHours: 48,
    reactions: { emoji: reactions, single: true },
  },
  call: null,
  // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second in all.
  rateLimit: { perSecond: 25 },
};
