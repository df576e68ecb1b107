import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AgentLine, NextStep } from './calls.ts';
import type { Capabilities } from './capabilities.ts';
import type { ChannelKind } from './common.ts';
import type { ConnectorErrorCode } from './connector-error.ts';
import type { Guide } from './guide.ts';
import type { Desk, DeskKind } from './desk.ts';
import type { NormalisedEvent } from './inbound-event.ts';
import type { Grant, Install, InstallKind } from './install.ts';
import type { OutboundCommand } from './outbound-command.ts';
import type { RawRequest, VerifiedRequest } from './raw-request.ts';
import type { MessageTemplate } from './templates.ts';
import type { Visitors } from './visitor.ts';

export interface WebhookReply {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Verification =
  | { readonly ok: true; readonly request: VerifiedRequest }
  /** 400: what a signature needs is missing; 401/403: it is wrong. */
  | {
      readonly ok: false;
      readonly status: 400 | 401 | 403 | 404 | 405;
      readonly reason: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface ConnectorLog {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

export interface ConnectorContext {
  readonly accountId: string;
  /** Where providers reach this account: `https://host/webhooks/<accountId>`, no slash at the end. */
  readonly webhookUrl: string;
  /** A key of this account alone, for tokens that come back to us. Never leaves the hub. */
  readonly signingKey: Buffer;
  /** Places where queues are mirrored: who writes there is an agent, and no customer. */
  readonly desks: readonly string[];
  /** What an administrator was given when the hub was installed at the provider. */
  readonly grant: Grant | null;
  /**
   * For listeners: hands in one raw thing. Resolves once it is kept and published, or kept in quarantine; only then may a
   * cursor move on or the peer hear "250 OK". Rejects when it could not be kept: the peer must offer it again.
   */
  receive(request: RawRequest): Promise<{ rawRef: string; outcome: 'accepted' | 'quarantined' }>;
  /** For listeners that go to the provider themselves: they have got there. */
  connected(): void;
  saveCursor(cursor: string): Promise<void>;
  loadCursor(): Promise<string | null>;
  /** Voice only: what happens next in a call that waits for an answer. */
  readonly nextStep: NextStep;
  /** Over the visitor's own sockets (channels with `visitors` only). `acked`: a browser has it. */
  push(visitorId: string, frame: unknown): Promise<{ acked: boolean }>;
  /** A file that the hub holds, for sending it on. */
  readMedia(mediaId: string): Promise<{ stream: Readable; fileName: string; mimeType: string; bytes: number }>;
  /** A URL under which a provider may fetch the file for a day, without signing in. */
  publicMediaUrl(mediaId: string): string;
  readonly log: ConnectorLog;
  readonly now: () => Date;
  readonly fetch: typeof fetch;
}

export interface Connector<Settings = unknown> {
  readonly id: string;
  readonly channel: ChannelKind;
  readonly title: string;
  /** One sentence for the list of channels that an administrator can add. */
  readonly description: string;
  /**
   * Draws the settings form (its JSON schema). `.meta({ title, description })` on every field; `.meta({ secret: true })` on
   * what is encrypted at rest and never sent back, `multiline: true` on text of several lines. Fields with defaults are
   * optional in the form.
   */
  readonly settings: z.ZodType<Settings>;
  /** Placeholders of the form; `normalise` and the conformance suite open the channel with it. Valid, with no real secret. */
  readonly exampleSettings: Settings;
  readonly capabilities: Capabilities;
  /** How an account is set up: the page in the console that leads through it. */
  readonly guide: Guide;
  /** Where agents' browsers connect to for it, as sources of a content security policy. */
  readonly connects?: readonly string[];
  /** Agents can work there; its channels have a `desk`. */
  readonly desk?: DeskKind;
  /** It can be installed at the provider by OAuth; its channels have `install` once the settings that it needs are there. */
  readonly install?: InstallKind;
  open(settings: Settings, context: ConnectorContext): Channel;
}

export interface Channel {
  /** Pure: the same request gives the same events. Throws ConnectorError('rejected') naming what is wrong with the payload. */
  parse(request: VerifiedRequest): NormalisedEvent[] | Promise<NormalisedEvent[]>;
  /**
   * What the payload does not say and the provider does: names and pictures of the people in the events. Waits for nobody
   * long, and what it can't find out stays as it is; the hub gives it two seconds.
   */
  enrich?(events: NormalisedEvent[]): Promise<NormalisedEvent[]>;
  /** Where the account's settings make it less than what the connector can do. */
  readonly capabilities?: Capabilities;
  readonly webhook?: {
    /** Anybody may call it, not a provider alone: how often in a minute each address may post. */
    readonly perMinute?: number;
    /** What is answered at once, with nothing to keep: a page, a browser's question before it posts. Null: it is for `verify`. */
    answer?(request: RawRequest): WebhookReply | null;
    verify(request: RawRequest): Verification;
    /** What verify looks at: a signature over the body, or (Telegram) a secret that says nothing of the body. */
    readonly proof?: 'signature' | 'secret';
    /** Answered after the events are durably published. */
    reply(request: VerifiedRequest): WebhookReply | Promise<WebhookReply>;
  };
  /** Runs until the signal; resolves when stopped, rejects with a ConnectorError when it cannot go on. One process at a time runs it. */
  listen?(signal: AbortSignal): Promise<void>;
  /** `listen` goes to the provider and says when it is `connected`, instead of waiting at a door of its own. */
  readonly fetches?: boolean;
  /** Customers on the hub's own `/visitor` sockets. */
  readonly visitors?: Visitors;
  /** Resolves when the provider has taken it. Throws ConnectorError; see `failurePolicy`. */
  deliver(command: OutboundCommand): Promise<Receipt>;
  /** The file behind MediaRef.source or Party.picture. `raw` is the request that the message came in; a picture has none. */
  openMedia?(source: string, raw: () => Promise<RawRequest>): Promise<Readable>;
  /**
   * Tells the provider to send to us from now on (registers the webhook): an explicit act of an administrator. Gives what is so
   * now, in words. Twice is as once.
   */
  connect?(): Promise<string>;
  /** The provider's approved templates, newest answers only: the hub keeps them for a while. Where `content.templates` is true. */
  templates?(): Promise<MessageTemplate[]>;
  /** Another face of the console, for agents who live elsewhere. */
  readonly desk?: Desk;
  readonly install?: Install;
  /** Voice only: lets an agent's browser join calls. */
  agentLine?(agentId: string): Promise<AgentLine>;
  /** Are the credentials good and the provider there? Reads only; under ten seconds. */
  check(): Promise<Health>;
  /** Frees what `open` took (pools, sockets). */
  close?(): Promise<void>;
}

export interface Receipt {
  readonly externalId: string;
  /** Where it took several messages: those after the first, in their order. */
  readonly furtherExternalIds?: readonly string[];
  readonly state: 'accepted' | 'sent' | 'delivered';
}
/** What a check learns besides. Where a connector can't know it, it says nothing. */
export interface Outlook {
  /** What ends next of that which the account works with (a certificate, a token), unless somebody renews it. */
  readonly expires?: { readonly what: string; readonly at: Date };
  /** What waits at the provider and was not taken yet; the oldest came in at `since`. */
  readonly behind?: { readonly count: number; readonly since?: Date };
  /** What the provider does not let us do, or does not do for us, though the rest works: sentences with what mends it. */
  readonly lacks?: readonly string[];
}
export type Health =
  | ({ readonly ok: true; readonly detail?: string } & Outlook)
  | { readonly ok: false; readonly code: ConnectorErrorCode; readonly message: string };
