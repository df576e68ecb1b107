import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Log } from '../../platform/log/log.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { LOG, PRESENCE } from '../../platform/tokens.ts';
import { FollowConsoles } from '../agent-states/index.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { ticketRoom } from './rooms.ts';

const TTL_MS = 30_000;
const SCOPE = 'consoles';

/** Who has a console open, on any process, and who looks at which ticket. */
@Injectable()
export class ConsolePresence implements BeforeApplicationShutdown {
  private readonly here = new Map<string, string>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(FollowConsoles) private readonly states: FollowConsoles,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.timer = setInterval(() => void this.renew(), TTL_MS / 3).unref();
  }

  async enter(caller: Caller, socketId: string): Promise<void> {
    const first = !this.isHere(caller.id);
    this.here.set(socketId, caller.id);
    await this.presence.enter(SCOPE, caller.id, socketId, TTL_MS);
    if (first) await this.states.came(caller.id);
  }

  async leave(caller: Caller, socketId: string): Promise<void> {
    this.here.delete(socketId);
    await this.presence.leave(SCOPE, caller.id, socketId);
    if (!this.isHere(caller.id)) await this.states.left(caller.id);
  }

  private isHere(agentId: string): boolean {
    return [...this.here.values()].includes(agentId);
  }

  async tellViewers(ticketId: string): Promise<void> {
    const callers = (await this.sockets.dataOf('/console', ticketRoom(ticketId))).map(({ caller }) => caller as Caller);
    const agents = [...new Map(callers.map(({ id, name }) => [id, { id, name }])).values()];
    this.sockets.emit('/console', ticketRoom(ticketId), 'passing', { type: 'viewers', ticketId, agents });
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async renew(): Promise<void> {
    try {
      for (const [socketId, agentId] of this.here) await this.presence.enter(SCOPE, agentId, socketId, TTL_MS);
      await this.states.seen([...new Set(this.here.values())]);
    } catch (error) {
      this.log.warn('Presence could not be renewed', { error });
    }
  }
}
