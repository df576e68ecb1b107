import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { Sockets } from '../../server/src/platform/live/sockets.ts';
import { eventually } from '../support/eventually.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

let hub: Modules;
beforeAll(async () => {
  hub = await startModules([AgentsModule]);
}, 120_000);
afterAll(() => hub.stop());

const connected = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.once('connect', resolve));

/** A console in a room that everybody hears. */
async function console_(): Promise<{ socket: Socket; heard: () => number }> {
  const socket = io(`${hub.url}/console`, { transports: ['websocket'], forceNew: true, reconnectionDelay: 20 });
  let heard = 0;
  socket.on('ticket', () => (heard += 1));
  await connected(socket);
  await hub.join(socket.id ?? '', ['agents']);
  return { socket, heard: () => heard };
}

/** Its network card still answers, its process reads no more. */
const stopReading = (socket: Socket): { resume(): void } => {
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
  ws.pause();
  return { resume: () => ws.resume() };
};

it('cuts off a console that stops reading, and nobody else, and takes it back when it reads again', async () => {
  const sockets = hub.app.get(Sockets);
  const [steady, stopped] = [await console_(), await console_()];
  const reading = stopReading(stopped.socket);
  const text = 'x'.repeat(20_000);
  const before = process.memoryUsage().rss;
  let most = 0;
  // 160 MB for each of them: kept for the one that does not read, it would show.
  for (let event = 1; event <= 8_000; event += 1) {
    sockets.emit('/console', 'agents', 'ticket', { event, text });
    if (event % 20 !== 0) continue;
    await eventually(() => expect(steady.heard()).toBeGreaterThanOrEqual(event));
    most = Math.max(most, process.memoryUsage().rss);
    await turn();
  }
  expect(steady.heard()).toBe(8_000);
  expect(sockets.dropped()).toBe(1);
  expect(sockets.counts()).toEqual({ '/console': 1 });
  expect((most - before) / 2 ** 20).toBeLessThan(120);
  expect(await (await fetch(`${hub.url}/metrics`)).text()).toMatch(/switchboard_sockets_dropped_total 1/);

  const back = connected(stopped.socket);
  reading.resume();
  await back;
  expect(sockets.counts()).toEqual({ '/console': 2 });
  steady.socket.disconnect();
  stopped.socket.disconnect();
}, 60_000);
