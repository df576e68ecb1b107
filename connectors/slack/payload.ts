import { ConnectorError } from '@switchboard/contract';
import type { VerifiedRequest } from '@switchboard/contract';
import { z } from 'zod';
import { fieldOf, parseForm } from '../kit/form.ts';
import { parseJson } from '../kit/read-json.ts';

/** Seconds and a counter, 1588623033.006000: a message's id in its channel. */
const Ts = z.string().regex(/^\d{1,11}(\.\d{1,9})?$/, 'not a time-stamp of Slack’s');
const Id = z.string().min(1).max(100);
const anyText = z.string().nullish();

export const SlackFile = z.object({
  id: Id,
  name: anyText,
  title: anyText,
  mimetype: anyText,
  size: z.number().nullish(),
  url_private: anyText,
  url_private_download: anyText,
  mode: anyText,
});
export type SlackFile = z.infer<typeof SlackFile>;

const Attachment = z.object({
  text: anyText,
  fallback: anyText,
  author_name: anyText,
  is_share: z.boolean().nullish(),
  is_msg_unfurl: z.boolean().nullish(),
});
/** Of Block Kit; only its words are read, where a message has no others. */
const Block = z.looseObject({ type: z.string() });
export type Block = z.infer<typeof Block>;
const Profile = z.object({ display_name: anyText, real_name: anyText, image_72: anyText });

export const SlackMessage = z.object({
  subtype: anyText,
  user: Id.nullish(),
  bot_id: anyText,
  text: anyText,
  ts: Ts,
  thread_ts: Ts.nullish(),
  files: z.array(SlackFile).max(100).nullish(),
  attachments: z.array(Attachment).max(100).nullish(),
  blocks: z.array(Block).max(100).nullish().catch(null),
  edited: z.object({ ts: Ts }).nullish(),
  user_profile: Profile.nullish(),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

const posted = { channel: Id, channel_type: anyText };
/** A message event without a subtype, or with one that is a message all the same. */
export const Posted = SlackMessage.extend(posted);
export const Changed = z.object({
  ...posted,
  /** Of the change; the message has its own. */
  ts: Ts.nullish(),
  message: SlackMessage,
  previous_message: SlackMessage.nullish(),
});
export const Deleted = z.object({ ...posted, ts: Ts, deleted_ts: Ts, previous_message: SlackMessage.nullish() });
export const Reaction = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: Id,
  reaction: z.string().min(1).max(100),
  item: z.object({ type: z.string(), channel: Id.nullish(), ts: Ts.nullish() }),
  event_ts: anyText,
});

const Authorization = z.object({ user_id: anyText, is_bot: z.boolean().nullish() });
export const EventCallback = z.object({
  type: z.literal('event_callback'),
  event: z.looseObject({ type: z.string(), subtype: anyText }),
  authorizations: z.array(Authorization).nullish(),
});
export type EventCallback = z.infer<typeof EventCallback>;

export const Command = z.object({
  command: z.string().min(1).max(100),
  text: anyText,
  user_id: Id,
  user_name: anyText,
  channel_id: Id,
  trigger_id: z.string().min(1).max(500),
});

const Person = z.object({ id: Id, name: anyText, username: anyText });
export const BlockActions = z.object({
  type: z.literal('block_actions'),
  user: Person,
  channel: z.object({ id: Id }).nullish(),
  message: z.object({ ts: Ts, thread_ts: Ts.nullish() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(500),
        action_ts: Ts,
        value: anyText,
        text: z.object({ text: z.string() }).nullish(),
        selected_option: z.object({ value: z.string(), text: z.object({ text: z.string() }) }).nullish(),
      }),
    )
    .max(100),
});
export const MessageAction = z.object({
  type: z.literal('message_action'),
  channel: z.object({ id: Id }),
  message: SlackMessage,
});

const neither = 'The body is neither JSON nor a form of Slack’s';

/** Events and what comes over Socket Mode are JSON; commands are forms, and what people press is JSON in a form's `payload`. */
export const readBody = ({ rawBody }: Pick<VerifiedRequest, 'rawBody'>): Record<string, unknown> => {
  const text = rawBody.toString('utf8').replace(/^\ufeff/, '');
  const body = /^\s*\{/.test(text) ? parseJson(text, neither) : formOf(rawBody);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ConnectorError('rejected', 'The body is not an object');
  return body as Record<string, unknown>;
};

const formOf = (rawBody: Buffer): unknown => {
  const fields = parseForm(rawBody);
  const payload = fieldOf(fields, 'payload');
  if (payload !== undefined) return parseJson(payload, neither);
  if (fieldOf(fields, 'command') === undefined && fieldOf(fields, 'ssl_check') === undefined)
    throw new ConnectorError('rejected', neither);
  return Object.fromEntries(Object.keys(fields).map((name) => [name, fieldOf(fields, name)]));
};

/** As the schema says, or rejected with what is wrong first. */
export const understood = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConnectorError('rejected', `${what}: ${issue?.path.join('.') || 'it'} is wrong (${issue?.message})`);
};
