import { Inject, Injectable } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import { Sockets } from '../../platform/live/sockets.ts';

/** What the console's sockets must hear of changed rights. Each is in the rooms `agents`, `agent:<id>` and `session:<id>`. */
@Injectable()
export class ConsoleSockets {
  constructor(@Inject(Sockets) private readonly sockets: Sockets) {}

  /** The settings page of it reads again. */
  stale(what: Extract<Passing, { type: 'stale' }>['what']): void {
    const event: Passing = { type: 'stale', what };
    this.sockets.emit('/console', 'agents', 'passing', event);
  }

  signOutAgent(agentId: string): void {
    this.signOut(`agent:${agentId}`);
  }

  signOutSession(sessionId: string): void {
    this.signOut(`session:${sessionId}`);
  }

  /** Role or queues changed: the console connects again, and is let into the rooms that it may now see. */
  reconnectAgent(agentId: string): void {
    this.sockets.disconnect('/console', `agent:${agentId}`);
  }

  private signOut(room: string): void {
    this.sockets.emit('/console', room, 'signedOut', undefined);
    this.sockets.disconnect('/console', room);
  }
}
