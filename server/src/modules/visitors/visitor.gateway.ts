import { Inject } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { VisitorFrame, VisitorHello, type FrameAnswer, type RawRequest } from '@switchboard/contract';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { traced } from '../../platform/log/trace.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { CLOCK, LOG, NEW_ID, PRESENCE } from '../../platform/tokens.ts';
import { Channels, visitorRoom } from '../channels/index.ts';
import { AcceptRaw } from '../ingress/index.ts';
import { VisitorPresence } from './visitor-presence.ts';
import { VisitorRights } from './visitor-rights.ts';
import { statusRoom } from './visitor-status.ts';
import { Welcome } from './welcome.ts';

interface Visitor {
  accountId: string;
  visitorId: string;
  token: string;
}
type VisitorSocket = Socket & { data: { visitor?: Visitor } };
const Older = z.string().max(100);
const FRAMES = { limit: 60, windowMs: 10_000 };
const CONNECTIONS = { limit: 60, windowMs: 60_000 };

/** Customers on our own sockets. Who they are and what they say is their connector's to judge; the way in is that of a webhook. */
@WebSocketGateway({ namespace: '/visitor', transports: ['websocket', 'polling'] })
export class VisitorGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
    @Inject(Welcome) private readonly welcome: Welcome,
    @Inject(VisitorRights) private readonly rights: VisitorRights,
    @Inject(VisitorPresence) private readonly here: VisitorPresence,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(space: Namespace): void {
    this.sockets.attach('/visitor', space);
    space.use((socket: VisitorSocket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(error as Error),
      );
    });
  }

  async handleConnection(socket: VisitorSocket): Promise<void> {
    const { visitor } = socket.data;
    if (visitor === undefined) return;
    const { accountId, visitorId, token } = visitor;
    try {
      const languages = socket.handshake.headers['accept-language'] ?? '';
      socket.emit('welcome', await this.welcome.of(accountId, visitorId, token, languages));
      await this.here.came(visitor);
    } catch (error) {
      // The browser connects again by itself and is welcomed then.
      this.log.error('A visitor could not be welcomed', { channelAccountId: accountId, error });
      socket.disconnect(true);
    }
  }

  handleDisconnect({ data }: VisitorSocket): void {
    if (data.visitor !== undefined) this.here.went(data.visitor);
  }

  @SubscribeMessage('frame')
  async frame(@ConnectedSocket() socket: VisitorSocket, @MessageBody() body: unknown): Promise<FrameAnswer> {
    const { visitor } = socket.data;
    const frame = VisitorFrame.safeParse(body);
    if (visitor === undefined || !frame.success)
      return { ok: false, reason: 'The message was not understood', retryable: false };
    const turn = await this.presence.take(
      `frames:${visitor.accountId}:${visitor.visitorId}`,
      FRAMES.limit,
      FRAMES.windowMs,
    );
    if (!turn.ok) return { ok: false, reason: 'Too many messages at once', retryable: true };
    return traced(undefined, () => this.take(visitor, frame.data));
  }

  @SubscribeMessage('older')
  async older(@ConnectedSocket() socket: VisitorSocket, @MessageBody() body: unknown) {
    const { visitor } = socket.data;
    const before = Older.safeParse(body);
    if (visitor === undefined || !before.success) return { messages: [], hasOlder: false };
    return this.welcome.messages(visitor.accountId, visitor.visitorId, before.data);
  }

  private async take(visitor: Visitor, frame: VisitorFrame): Promise<FrameAnswer> {
    const { accountId, visitorId, token } = visitor;
    const open = await this.channels.open(accountId);
    if (open?.channel.visitors === undefined) return { ok: false, reason: 'The chat is closed', retryable: false };
    const raw: RawRequest = {
      method: 'POST',
      url: `visitor:${visitorId}`,
      hook: '',
      headers: { 'content-type': 'application/json', 'x-visitor-token': token },
      rawBody: Buffer.from(JSON.stringify(frame)),
      receivedAt: this.clock.now(),
    };
    if (!(await this.rights.allow(visitor, frame)))
      return { ok: false, reason: 'A file or message in it is not yours', retryable: false };
    try {
      const request = open.channel.visitors.verify(visitorId, raw);
      if (frame.type === 'typing') await this.accept.runPassing(open, request);
      else await this.accept.run(open, request);
      return { ok: true };
    } catch (error) {
      // Turned away at the door: that is said there, once for all of them. The widget keeps it and comes again.
      if (!(error instanceof HubError))
        this.log.error('A visitor’s frame could not be taken', { channelAccountId: accountId, error });
      return { ok: false, reason: 'It could not be sent just now', retryable: true };
    }
  }

  private async admit(socket: VisitorSocket): Promise<void> {
    const hello = VisitorHello.safeParse(socket.handshake.auth);
    if (!hello.success) throw new Error('hello');
    const turn = await this.presence.take(
      `visitors:${socket.handshake.address}`,
      CONNECTIONS.limit,
      CONNECTIONS.windowMs,
    );
    if (!turn.ok) throw new Error('rate-limited');
    const open = await this.channels.open(hello.data.account);
    if (open?.channel.visitors === undefined) throw new Error('account');
    const admission = open.channel.visitors.admit(hello.data, socket.handshake.headers.origin, this.newId);
    if (!admission.ok) {
      this.log.warn('A visitor was refused', { channelAccountId: hello.data.account, reason: admission.reason });
      throw new Error(admission.reason);
    }
    const { visitorId, token } = admission;
    socket.data.visitor = { accountId: hello.data.account, visitorId, token };
    await socket.join([visitorRoom(hello.data.account, visitorId), statusRoom(hello.data.account)]);
    if (hello.data.page !== undefined) await this.welcome.notePage(hello.data.account, visitorId, hello.data.page);
  }
}
