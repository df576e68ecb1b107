import type { Socket } from 'socket.io';
import type { Log } from '../log/log.ts';

type Connection = Socket['conn'];
interface Packet {
  readonly data?: unknown;
}

/** What one that reads is never behind by: a burst of events with long mails in them. */
const MOST_UNSENT_BYTES = 4_000_000;
/** What a packet costs besides its text. */
const PACKET_BYTES = 200;

/**
 * A console or widget that stops reading would have all its events kept here for ever. It is cut off instead: when it
 * reads again it connects again and asks for what it missed, which costs nothing until then.
 */
export class SlowConsumers {
  dropped = 0;
  private readonly known = new WeakSet<Connection>();

  constructor(private readonly log: Log) {}

  watch(socket: Socket, namespace: string): void {
    const { conn } = socket;
    if (this.known.has(conn)) return;
    this.known.add(conn);
    let unsent = 0;
    conn.on('flush', () => (unsent = 0));
    conn.on('packetCreate', (packet: Packet) => {
      unsent += PACKET_BYTES + sizeOf(packet);
      if (unsent <= MOST_UNSENT_BYTES) return;
      unsent = 0;
      this.dropped += 1;
      this.log.warn('A socket that does not read was cut off', { namespace, socketId: socket.id });
      cut(conn);
    });
  }
}

const sizeOf = ({ data }: Packet): number =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0;

/** Without goodbye: that would stand in the line behind all the rest. */
function cut(conn: Connection): void {
  const { socket } = conn.transport as { socket?: { terminate(): void } };
  if (socket === undefined) conn.close(true);
  else socket.terminate();
}
