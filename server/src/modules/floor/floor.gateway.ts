import { Inject } from '@nestjs/common';
import { ConnectedSocket, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { FloorAnswer } from '@switchboard/contract';
import type { Socket } from 'socket.io';
import type { Caller } from '../../platform/http/hub-request.ts';
import { FLOOR_ROOM, WatchFloor } from './watch-floor.ts';

/** Beside the console's own gateway, on its sockets: they are admitted there, and cut off there when their rights change. */
@WebSocketGateway({ namespace: '/console', transports: ['websocket', 'polling'] })
export class FloorGateway {
  constructor(@Inject(WatchFloor) private readonly floor: WatchFloor) {}

  @SubscribeMessage('watchFloor')
  async watch(@ConnectedSocket() socket: Socket): Promise<FloorAnswer> {
    const { caller } = socket.data as { caller?: Caller };
    if (caller === undefined || caller.role === 'agent') return { kind: 'forbidden' };
    // Joined before looking: a change in between comes before the whole rather than never.
    await socket.join(FLOOR_ROOM);
    return { kind: 'floor', ...(await this.floor.whole()) };
  }

  @SubscribeMessage('unwatchFloor')
  async unwatch(@ConnectedSocket() socket: Socket): Promise<void> {
    await socket.leave(FLOOR_ROOM);
  }
}
