import type { mongo } from 'mongoose';

/** What of the driver's insides this needs. */
interface Insides {
  readonly topology?: { readonly s: { readonly servers: ReadonlyMap<string, Server> } };
}

interface Server {
  readonly monitor: { readonly connection?: DriverConnection | null } | null;
  readonly pool: { readonly checkedOutConnections: Iterable<DriverConnection> };
}

interface DriverConnection {
  readonly id: number | string;
  readonly socket: { readonly destroyed: boolean };
  destroy(): void;
}

/**
 * Closes a connection before it is used if its socket is already destroyed.
 *
 * A write on a socket that is destroyed but has not told its closing yet waits for ever: the driver's `writeCommand` (7.8 and 7.9)
 * listens for `drain` and `error`, and `close` brings neither. A heartbeat caught so leaves the process without a database until it
 * is restarted; an operation caught so holds its lane of the bus. Seen when a database server was killed (chaos seeds 113, 458, 460).
 */
export function guardConnections(client: mongo.MongoClient): void {
  const serverAt = (address: string) => (client as unknown as Insides).topology?.s.servers.get(address);
  client.on('serverHeartbeatStarted', ({ connectionId: address }) => {
    closeIfDying(serverAt(address)?.monitor?.connection);
  });
  client.on('connectionCheckedOut', ({ address, connectionId }) => {
    for (const connection of serverAt(address)?.pool.checkedOutConnections ?? [])
      if (connection.id === connectionId) closeIfDying(connection);
  });
}

function closeIfDying(connection: DriverConnection | null | undefined): void {
  if (connection?.socket.destroyed) connection.destroy();
}
