import { io, type Socket } from 'socket.io-client';

/** So many opened at once: a browser each, and a machine that is not only busy with connecting. */
const AT_ONCE = 50;
/** A hub takes a limited number of visitors a minute from one address; on the loopback everybody has many. */
const PER_ADDRESS = 25;

export interface Member {
  readonly socket: Socket;
  /** Connected and, if it is a visitor, welcomed. */
  ready(): Promise<void>;
}

/** Visitors each from an address like other visitors'. */
export function aVisitor(url: string, account: string, number: number): Member {
  const socket = io(`${url}/visitor`, {
    ...plain,
    auth: { account },
    // Passed on to the WebSocket, though its types don't say so.
    ...({ localAddress: addressOf(number) } as object),
  });
  return { socket, ready: () => heard(socket, 'welcome') };
}

export function aConsole(url: string, cookie: string): Member {
  const socket = io(`${url}/console`, { ...plain, extraHeaders: { cookie, origin: url } });
  return { socket, ready: () => heard(socket, 'connect') };
}

/** Connects them all; gives the milliseconds. Who is refused ends it. */
export async function connectAll(members: readonly Member[], atOnce = AT_ONCE): Promise<number> {
  const started = performance.now();
  const waiting = [...members];
  const connect = async () => {
    for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) {
      const ready = member.ready();
      member.socket.connect();
      await ready;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, connect));
  return performance.now() - started;
}

const plain = { transports: ['websocket'], forceNew: true, reconnection: false, autoConnect: false };
const addressOf = (number: number): string =>
  `127.0.${1 + Math.floor(number / PER_ADDRESS / 250)}.${1 + (Math.floor(number / PER_ADDRESS) % 250)}`;

function heard(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error) => reject(new Error(`A socket was refused: ${error.message}`));
    socket.once('connect_error', refused);
    socket.once(event, () => {
      socket.off('connect_error', refused);
      resolve();
    });
  });
}
