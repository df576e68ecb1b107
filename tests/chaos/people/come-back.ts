import type { Socket } from 'socket.io-client';

/** A client's own patience, as console and widget have it. */
const AGAIN_MS = 500;

/** Where the hub hung up or turned a client away, socket.io leaves coming back to the client. Until the returned function is called. */
export function comingBack(socket: Socket): () => void {
  let again: NodeJS.Timeout | undefined;
  const comeBack = () => {
    if (!socket.active) again = setTimeout(() => socket.connect(), AGAIN_MS);
  };
  socket.on('disconnect', comeBack);
  socket.on('connect_error', comeBack);
  return () => clearTimeout(again);
}
