type Args = Readonly<Record<string, string>>;

export interface KeptMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  text: string;
  /** As JSON. */
  blocks: string;
  readonly metadata: unknown;
}

const mostKept = 1000;
const json = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** What was posted, as Slack lists it later. */
export const keepMessages = () => {
  const messages: KeptMessage[] = [];
  const closed = new Set<string>();
  const listed = ({ oldest = '0' }: Args, isIn: (message: KeptMessage) => boolean): object => ({
    ok: true,
    messages: messages.filter((message) => isIn(message) && Number(message.ts) >= Number(oldest)).toReversed(),
  });
  const methods: Record<string, (args: Args) => object> = {
    'chat.update': ({ channel, ts, text = '', blocks = '[]' }) => {
      const message = messages.find((one) => one.channel === channel && one.ts === ts);
      if (message) Object.assign(message, { text, blocks });
      return { ok: true, channel, ts, text };
    },
    'chat.postEphemeral': () => ({ ok: true, message_ts: '1.000001' }),
    'conversations.info': ({ channel = '' }) => ({
      ok: true,
      channel: {
        id: channel,
        name: `room-${channel.toLowerCase()}`,
        is_member: !closed.has(channel),
        is_archived: false,
      },
    }),
    'conversations.history': (args) => listed(args, (one) => one.channel === args['channel'] && !one.thread_ts),
    'conversations.replies': (args) =>
      listed(args, (one) => one.channel === args['channel'] && (one.thread_ts ?? one.ts) === args['ts']),
  };
  const keep = ({ channel = '', thread_ts, text = '', blocks = '[]', metadata }: Args, ts: string): void => {
    messages.push({ channel, ts, ...(thread_ts && { thread_ts }), text, blocks, metadata: json(metadata) });
    if (messages.length > mostKept) messages.shift();
  };
  return { messages, closed, methods, keep };
};
