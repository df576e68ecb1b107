import type { Capabilities } from '@switchboard/contract';

/** Slack cuts a message at 40,000 characters and asks for no more than 4,000: longer ones go out as several. */
export const longestPost = 4_000;

export const slackCapabilities: Capabilities = {
  sends: ['message.send', 'message.edit', 'message.delete', 'reaction.set'],
  emits: ['message.received', 'message.edited', 'message.deleted', 'reaction.changed', 'desk.acted'],
  content: {
    text: { maxLength: 20_000, html: true, segments: false },
    media: { maxBytes: 25_000_000, maxCount: 10, mimeTypes: ['*/*'] },
    location: false,
    // https://docs.slack.dev/reference/block-kit/blocks/actions-block
    choices: { max: 25 },
    templates: false,
  },
  conversation: {
    start: null,
    groups: true,
    subject: false,
    cc: false,
    replyWindow: null,
    live: false,
  },
  // A workspace's own windows are told by its refusal.
  changes: { editHours: null, deleteHours: null, reactions: { emoji: null, single: false } },
  call: null,
  // https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel, and many channels.
  rateLimit: { perSecond: 5 },
};
