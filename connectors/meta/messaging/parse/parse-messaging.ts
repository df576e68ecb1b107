import type { NormalisedEvent, Party, VerifiedRequest } from '@switchboard/contract';
import { readPayload } from '../../read-payload.ts';
import { instantOf, known } from '../../values.ts';
import { contextOf, referralContext } from './context.ts';
import { partsOf } from './parts.ts';
import { Payload, type Entry, type Message, type Messaging } from './payload.schema.ts';

export interface Sort {
  readonly object: 'page' | 'instagram';
  readonly name: 'Messenger' | 'Instagram';
  /** Our own app: its echoes are of what went out over the hub. */
  readonly appId?: string | undefined;
}
/** What `deliver` puts into `metadata`, before the command's id: the echo of a message of ours says so. */
export const ownMark = 'switchboard:';
/** Meta's own inbox is written in by people: https://developers.facebook.com/docs/messenger-platform/handover-protocol */
const pageInbox = '263902037430900';

interface Scene {
  readonly sort: Sort;
  /** The customer's id for this page. */
  readonly customer: string;
  readonly occurredAt: string;
}
type Envelope = Pick<NormalisedEvent, 'thread' | 'occurredAt'>;

const partyOf = (id: string): Party => ({ externalId: id, handles: [] });
const envelope = ({ customer, occurredAt }: Scene): Envelope => ({
  thread: { externalId: customer, shape: 'direct' },
  occurredAt,
});

const echoed = (message: Message, scene: Scene): NormalisedEvent[] => {
  const { app_id, metadata } = message;
  if (metadata?.startsWith(ownMark) || (app_id !== undefined && app_id === scene.sort.appId)) return [];
  const parts = partsOf(message);
  if (parts.length === 0) return [];
  const byProgram = app_id !== undefined && app_id !== pageInbox;
  return [
    {
      kind: 'message.echoed',
      dedupeKey: `echo:${message.mid}`,
      ...envelope(scene),
      recipient: partyOf(scene.customer),
      message: {
        externalId: message.mid,
        parts,
        ...known({ inReplyTo: message.reply_to?.mid }),
        ...(byProgram && { automatic: 'auto-reply' as const }),
      },
    },
  ];
};

const received = (message: Message, scene: Scene): NormalisedEvent[] => {
  if (message.is_deleted)
    return [
      {
        kind: 'message.deleted',
        dedupeKey: `${message.mid}:deleted`,
        ...envelope(scene),
        message: { externalId: message.mid },
      },
    ];
  const parts = partsOf(message);
  const notPassedOn = { type: 'text' as const, text: `(a message of a kind that ${scene.sort.name} does not pass on)` };
  return [
    {
      kind: 'message.received',
      dedupeKey: message.mid,
      ...envelope(scene),
      sender: partyOf(scene.customer),
      message: {
        externalId: message.mid,
        parts: parts.length > 0 ? parts : [notPassedOn],
        ...known({ inReplyTo: message.reply_to?.mid, context: contextOf(message) }),
      },
    },
  ];
};

const edited = ({ mid, text, num_edit }: NonNullable<Messaging['message_edit']>, scene: Scene): NormalisedEvent[] =>
  text === undefined || text === ''
    ? []
    : [
        {
          kind: 'message.edited',
          dedupeKey: `${mid}:edit:${num_edit ?? scene.occurredAt}`,
          ...envelope(scene),
          message: { externalId: mid, parts: [{ type: 'text', text }] },
        },
      ];

const pressed = (
  { mid, title, payload, referral }: NonNullable<Messaging['postback']>,
  scene: Scene,
): NormalisedEvent[] => {
  const externalId = mid ?? `postback:${scene.customer}:${scene.occurredAt}`;
  const id = (payload ?? title ?? '').slice(0, 1000);
  return [
    {
      kind: 'message.received',
      dedupeKey: externalId,
      ...envelope(scene),
      sender: partyOf(scene.customer),
      message: {
        externalId,
        parts: [{ type: 'choice', id, ...known({ label: title?.slice(0, 2000) }) }],
        ...known({ context: referralContext(referral) }),
      },
    },
  ];
};

/** Somebody came by a link or an advertisement and has not said anything yet: worth knowing, and nothing to answer. */
const referred = (referral: NonNullable<Messaging['referral']>, scene: Scene): NormalisedEvent[] => {
  const externalId = `referral:${scene.customer}:${scene.occurredAt}`;
  return [
    {
      kind: 'message.received',
      dedupeKey: externalId,
      ...envelope(scene),
      sender: partyOf(scene.customer),
      message: {
        externalId,
        parts: [{ type: 'text', text: '(opened the conversation)' }],
        automatic: 'auto-reply',
        ...known({ context: referralContext(referral) }),
      },
    },
  ];
};

const emojis: Readonly<Record<string, string>> = {
  love: '❤',
  smile: '😆',
  haha: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
  like: '👍',
  dislike: '👎',
};

const reacted = (given: NonNullable<Messaging['reaction']>, scene: Scene): NormalisedEvent[] => {
  const { mid, action, reaction = '' } = given;
  const added = action !== 'unreact';
  const emoji = given.emoji || (Object.hasOwn(emojis, reaction) ? emojis[reaction] : undefined) || (added ? '👍' : '');
  return [
    {
      kind: 'reaction.changed',
      dedupeKey: `${mid}:${scene.customer}:${added ? '+' : '-'}${emoji}:${scene.occurredAt}`,
      ...envelope(scene),
      sender: partyOf(scene.customer),
      messageExternalId: mid,
      emoji: emoji.slice(0, 100),
      added,
      only: true,
    },
  ];
};

/** By the messages, or by a watermark: all until then. */
const reached = (
  state: 'delivered' | 'read',
  mids: readonly string[],
  watermark: unknown,
  scene: Scene,
): NormalisedEvent[] => {
  const common = { kind: 'delivery.changed' as const, ...envelope(scene), state };
  if (mids.length > 0)
    return [...new Set(mids)].map((mid) => ({ ...common, dedupeKey: `${mid}:${state}`, messageExternalId: mid }));
  const upTo = watermark === undefined ? scene.occurredAt : instantOf(watermark, new Date(scene.occurredAt));
  return [{ ...common, dedupeKey: `${scene.customer}:${state}:${upTo}`, upTo }];
};

const optedIn = (optin: NonNullable<Messaging['optin']>, scene: Scene): NormalisedEvent[] => {
  const stops = optin.notification_messages_status === 'STOP_NOTIFICATIONS';
  const reason = [optin.title ?? optin.type ?? 'opt-in', optin.ref ?? optin.payload].filter(Boolean).join(': ');
  return [
    {
      kind: 'consent.changed',
      dedupeKey: `optin:${scene.customer}:${scene.occurredAt}`,
      ...envelope(scene),
      sender: partyOf(scene.customer),
      consent: stops ? 'withdrawn' : 'granted',
      reason: reason.slice(0, 500),
    },
  ];
};

/** What else may come (hand-over, feedback, payments, account linking) says nothing to an agent. */
const eventsOf = (event: Messaging, entry: Entry, sort: Sort, receivedAt: Date): NormalisedEvent[] => {
  const [sender, recipient] = [event.sender?.id, event.recipient?.id];
  const isOurs = event.message?.is_echo === true || (sender !== undefined && sender === entry.id);
  // Whichever end of it is not the page: Meta names them the wrong way round at times. What it writes to itself is no customer's.
  const customer = isOurs ? [recipient, sender].find((id) => id !== undefined && id !== entry.id) : sender;
  if (customer === undefined) return [];
  const fallback = new Date(instantOf(entry.time, receivedAt));
  const scene = { sort, customer, occurredAt: instantOf(event.timestamp, fallback) };
  const { message, read, delivery } = event;
  if (message) return isOurs && !message.is_deleted ? echoed(message, scene) : received(message, scene);
  if (event.message_edit) return edited(event.message_edit, scene);
  if (event.reaction) return isOurs ? [] : reacted(event.reaction, scene);
  if (event.postback) return pressed(event.postback, scene);
  if (event.optin) return optedIn(event.optin, scene);
  if (read) return reached('read', read.mid === undefined ? [] : [read.mid], read.watermark, scene);
  if (delivery) return reached('delivered', delivery.mids ?? [], delivery.watermark, scene);
  return event.referral ? referred(event.referral, scene) : [];
};

export const parseMessaging = (
  { method, rawBody, receivedAt }: Pick<VerifiedRequest, 'method' | 'rawBody' | 'receivedAt'>,
  sort: Sort,
): NormalisedEvent[] => {
  if (method === 'GET') return [];
  return readPayload(rawBody, sort.object, Payload).entry.flatMap((entry) =>
    [...entry.messaging, ...entry.standby, ...entry.changes.flatMap(({ value }) => value ?? [])].flatMap((event) =>
      eventsOf(event, entry, sort, receivedAt),
    ),
  );
};
