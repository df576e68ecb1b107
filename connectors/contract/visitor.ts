import { z } from 'zod';
import { ContentPart, Id, Instant } from './common.ts';
import type { RawRequest, VerifiedRequest } from './raw-request.ts';

/**
 * The protocol of the `/visitor` sockets. The server carries frames and keeps the conversation; the connector says who speaks
 * (`admit`) and what a frame means (`Channel.parse` of a request whose body is the frame).
 */
export const VisitorHello = z.object({
  account: Id,
  /** From an earlier `welcome`; a browser keeps it. */
  token: z.string().max(2000).optional(),
  /** Who the host page says the person is, with HMAC-SHA256(secret, userId) in hex to prove it. */
  identity: z
    .object({
      userId: z.string().min(1).max(200),
      hash: z.string().max(200),
      name: z.string().max(200).optional(),
      email: z.email().max(320).optional(),
    })
    .optional(),
  /** The page that the visitor is on. */
  page: z.object({ url: z.string().max(2000), title: z.string().max(300) }).optional(),
});
export type VisitorHello = z.infer<typeof VisitorHello>;

export type Admission =
  | { readonly ok: true; readonly visitorId: string; readonly token: string }
  | { readonly ok: false; readonly reason: 'origin' | 'token' | 'identity'; readonly message: string };

export interface Visitors {
  /** `origin` is the browser's Origin header. Pure but for the new visitor's id, which `newId` gives. */
  admit(hello: VisitorHello, origin: string | undefined, newId: () => string): Admission;
  /**
   * What the widget needs to draw itself: title, colours, texts (VisitorAppearance). Sent in `welcome`. `languages`: the visitor's, the
   * first one wanted most.
   */
  appearance(now: Date, languages: readonly string[]): Record<string, unknown>;
  /**
   * Vouches for a frame of an admitted visitor, so that it may be parsed. `x-visitor-token` of the request is the token of the
   * admission: who the visitor was proven to be is read from it. What comes back is what to keep and to parse: its URL is
   * `visitor:<visitorId>`, the token is gone, and every other `x-visitor-*` header is the connector's own.
   */
  verify(visitorId: string, request: RawRequest): VerifiedRequest;
}

/** How a widget looks and speaks. A type and not an interface, so that it is a Record. */
export type VisitorAppearance = {
  readonly title: string;
  readonly greeting: string;
  readonly offlineMessage: string;
  readonly launcherLabel: string;
  readonly position: 'left' | 'right';
  readonly theme: 'system' | 'light' | 'dark';
  readonly colours: {
    readonly accent: string;
    /** Readable on the accent. */
    readonly onAccent: string;
    /** The accent as text: readable on the light and on the dark surface. */
    readonly accentOnLight: string;
    readonly accentOnDark: string;
  };
  /** The widget's own texts by key; `de:send` is for German pages only. */
  readonly texts: Readonly<Record<string, string>>;
  readonly askEmail: 'never' | 'when-closed' | 'always';
  readonly offlineForm: boolean;
  readonly uploads: { readonly maxBytes: number; readonly mimeTypes: readonly string[] };
};

/** What a visitor's browser sends. `id` is made in the browser and is the dedupe key: sent again, it is one message. */
export const VisitorFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    id: Id,
    parts: z.array(ContentPart).min(1).max(10),
    /** Left in the form for closed hours, or when the page knows it. */
    contact: z.object({ name: z.string().max(200).optional(), email: z.email().max(320).optional() }).optional(),
    at: Instant,
  }),
  z.object({ type: z.literal('typing'), typing: z.boolean() }),
  /** The visitor has it (delivered) or has looked at it (read). `messageId` is VisitorMessage.id. */
  z.object({ type: z.literal('receipt'), messageId: Id, state: z.enum(['delivered', 'read']) }),
]);
export type VisitorFrame = z.infer<typeof VisitorFrame>;

/**
 * A message as the customer may see it: never notes, never another customer's. The `source` of its media parts is a URL that
 * a browser may load (ConnectorContext.publicMediaUrl).
 */
export const VisitorMessage = z.object({
  id: Id,
  /** The frame's own id for what the visitor sent, so that a browser knows its message again. */
  clientId: z.string().nullable(),
  from: z.enum(['visitor', 'agent']),
  agent: z.object({ name: z.string(), avatarUrl: z.string().optional() }).nullable(),
  parts: z.array(ContentPart),
  at: Instant,
  /** Ours: sent, delivered, read. Theirs: sent (we hold it), read (an agent saw it). */
  state: z.enum(['sent', 'delivered', 'read', 'failed']),
  /** Ours was changed after it went out. Of one that is deleted no parts are left. */
  changed: z.enum(['edited', 'deleted']).optional(),
  /** Emoji of ours on it. */
  reactions: z.array(z.string()).optional(),
});
export type VisitorMessage = z.infer<typeof VisitorMessage>;

/** Whether a visitor has the chat before them, as agents are told. */
export const VisitorPresence = z.object({
  there: z.boolean(),
  /** When they left; null: they are there, or it is not known. */
  leftAt: Instant.nullable(),
  /** The page that they are or were on. */
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
});
export type VisitorPresence = z.infer<typeof VisitorPresence>;

/** How long an answer takes now: a range, as one figure would be a promise. */
export const ExpectedReply = z.object({ fromSeconds: z.number(), toSeconds: z.number() });
export type ExpectedReply = z.infer<typeof ExpectedReply>;

export const VisitorPush = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: VisitorMessage }),
  z.object({ type: z.literal('typing'), typing: z.boolean(), agent: z.string().optional() }),
  /** All that the visitor sent up to this message (its `id` or `clientId`) was seen. */
  z.object({ type: z.literal('read'), messageId: z.string() }),
  /** Their place and how long it may take, in words; null: somebody has them. */
  z.object({ type: z.literal('wait'), text: z.string().nullable() }),
  z.object({
    type: z.literal('status'),
    online: z.boolean(),
    agents: z.array(z.object({ name: z.string(), avatarUrl: z.string().optional() })),
    expectedReply: ExpectedReply.optional(),
  }),
]);
export type VisitorPush = z.infer<typeof VisitorPush>;

export interface VisitorWelcome {
  readonly visitorId: string;
  readonly token: string;
  readonly appearance: Record<string, unknown>;
  /** At least one agent is there to answer. */
  readonly online: boolean;
  readonly agents: { name: string; avatarUrl?: string }[];
  readonly expectedReply?: ExpectedReply;
  /** The newest messages, oldest first; the browser merges them by id. */
  readonly messages: VisitorMessage[];
  readonly hasOlder: boolean;
  readonly unread: number;
}

/** A refused handshake: `data` of Socket.IO's `connect_error`. Without it the widget tries again, ever more slowly. */
export interface VisitorRefusal {
  readonly reason: 'origin' | 'token' | 'identity' | 'account';
  readonly message: string;
}

/** Socket.IO events of `/visitor`. The handshake's `auth` is a VisitorHello. Every client call is acked. */
export interface VisitorToServer {
  frame: (frame: VisitorFrame, ack: (answer: FrameAnswer) => void) => void;
  older: (before: string, ack: (answer: { messages: VisitorMessage[]; hasOlder: boolean }) => void) => void;
}
export type FrameAnswer = { ok: true } | { ok: false; reason: string; retryable: boolean };
export interface ServerToVisitor {
  welcome: (welcome: VisitorWelcome) => void;
  push: (push: VisitorPush, ack: () => void) => void;
}
/** A visitor's file is posted first: `POST /visitor/media` (multipart `file`, `authorization: Bearer <token>`, query `account`)
 * answers VisitorUpload; the message then carries a media part with source `media:<mediaId>`. */
export const VisitorUpload = z.object({ mediaId: Id, fileName: z.string(), mimeType: z.string(), bytes: z.int() });
