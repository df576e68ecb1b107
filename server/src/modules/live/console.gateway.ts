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
import type { Config } from '@switchboard/config';
import type { CatchUp } from '@switchboard/contract';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { AUTHENTICATE, type Authenticate, type Caller } from '../../platform/http/hub-request.ts';
import { ownOrigin } from '../../platform/http/own-origin.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, CONFIG, LOG } from '../../platform/tokens.ts';
import { ReadTicket, ShowPassing, TicketAccess } from '../tickets/index.ts';
import { FollowActivity, MeasureHandling } from '../agent-states/index.ts';
import { ConsolePresence } from './console-presence.ts';
import { EVERY_QUEUE, queueRoom, ticketRoom } from './rooms.ts';

const MOST_WATCHED = 20;
const TicketId = z.uuid();
const Watch = z.tuple([TicketId, z.int().nonnegative()]);
const Typing = z.tuple([TicketId, z.boolean()]);
type ConsoleSocket = Socket & { data: { caller?: Caller; isInactive?: boolean } };

/** The agents' sockets. Rooms: every agent, this agent, this session, the queues that may be read, the tickets that are open. */
@WebSocketGateway({ namespace: '/console', transports: ['websocket', 'polling'] })
export class ConsoleGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    @Inject(AUTHENTICATE) private readonly sessions: Authenticate,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(ConsolePresence) private readonly presence: ConsolePresence,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ShowPassing) private readonly show: ShowPassing,
    @Inject(FollowActivity) private readonly activity: FollowActivity,
    @Inject(MeasureHandling) private readonly handling: MeasureHandling,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  afterInit(space: Namespace): void {
    this.sockets.attach('/console', space);
    space.use((socket: ConsoleSocket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(error as Error),
      );
    });
  }

  handleConnection(socket: ConsoleSocket): Promise<void> {
    return this.noted(this.presence.enter(callerOf(socket), socket.id));
  }

  handleDisconnect(socket: ConsoleSocket): Promise<void> {
    const { caller } = socket.data;
    return caller === undefined ? Promise.resolve() : this.noted(this.gone(socket, caller));
  }

  private async gone(socket: ConsoleSocket, caller: Caller): Promise<void> {
    this.handling.says(caller, socket.id, null);
    await this.presence.leave(caller, socket.id);
    await this.awayIfAllAre(caller.id);
    for (const ticketId of watched(socket)) await this.presence.tellViewers(ticketId);
  }

  /** Somebody may have a second browser open, on another desk. */
  private async awayIfAllAre(agentId: string): Promise<void> {
    const all = await this.sockets.dataOf('/console', `agent:${agentId}`);
    if (all.length > 0 && all.every(({ isInactive }) => isInactive === true)) await this.activity.inactive(agentId);
  }

  /** Nobody waits for these two, and presence repairs itself: it is renewed while a console is there, and runs out. */
  private async noted(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => this.log.warn('Who came or went could not be told', { error }));
  }

  @SubscribeMessage('watch')
  async watch(
    @ConnectedSocket() socket: ConsoleSocket,
    @MessageBody() body: unknown,
  ): Promise<CatchUp | { kind: 'gone' }> {
    const [ticketId, seq] = Watch.parse(body);
    const open = watched(socket);
    try {
      // Joined before reading: what happens in between comes twice rather than never.
      const ticket = await this.access.require(callerOf(socket), ticketId);
      if (open.length >= MOST_WATCHED && open[0] !== undefined) await socket.leave(ticketRoom(open[0]));
      await socket.join(ticketRoom(ticket._id));
      const answer = await this.tickets.since(callerOf(socket), ticket._id, seq);
      if (!open.includes(ticket._id)) await this.presence.tellViewers(ticket._id);
      return answer;
    } catch (error) {
      if (error instanceof HubError && error.code === 'not-found') return { kind: 'gone' };
      throw error;
    }
  }

  @SubscribeMessage('unwatch')
  async unwatch(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<void> {
    const ticketId = TicketId.parse(body);
    await socket.leave(ticketRoom(ticketId));
    await this.presence.tellViewers(ticketId);
  }

  @SubscribeMessage('typing')
  async typing(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<void> {
    const [ticketId, typing] = Typing.parse(body);
    if (!socket.rooms.has(ticketRoom(ticketId))) return;
    const { id, name } = callerOf(socket);
    socket
      .to(ticketRoom(ticketId))
      .emit('passing', { type: 'typing', ticketId, who: 'agent', agentId: id, name, typing });
    await this.show.typing({ id, name }, ticketId, typing);
  }

  @SubscribeMessage('handling')
  handles(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): void {
    this.handling.says(callerOf(socket), socket.id, TicketId.nullable().parse(body));
  }

  @SubscribeMessage('active')
  async active(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<void> {
    const isActive = z.boolean().parse(body);
    socket.data.isInactive = !isActive;
    const { id } = callerOf(socket);
    if (isActive) await this.activity.active(id);
    else await this.awayIfAllAre(id);
  }

  @SubscribeMessage('beat')
  beat(): number {
    return this.clock.now().getTime();
  }

  private async admit(socket: ConsoleSocket): Promise<void> {
    const { origin, host, cookie } = socket.handshake.headers;
    if (!ownOrigin(origin, host, this.config.PUBLIC_URL)) throw new Error('origin');
    const caller = await this.sessions.caller(cookie);
    if (caller === null) throw new Error('unauthenticated');
    socket.data.caller = caller;
    const queues = caller.role === 'agent' ? caller.queueIds.map(queueRoom) : [EVERY_QUEUE];
    await socket.join(['agents', `agent:${caller.id}`, `session:${caller.sessionId}`, ...queues]);
    this.log.debug('A console connected', { agentId: caller.id, socketId: socket.id });
  }
}

function callerOf(socket: ConsoleSocket): Caller {
  if (socket.data.caller === undefined) throw new HubError('unauthenticated', 'Sign in first');
  return socket.data.caller;
}

const watched = (socket: Socket): string[] =>
  [...socket.rooms].filter((room) => room.startsWith('ticket:')).map((room) => room.slice('ticket:'.length));
