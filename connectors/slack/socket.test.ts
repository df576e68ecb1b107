import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { RawRequest } from '@switchboard/contract';
import { WebSocketServer, type WebSocket } from 'ws';
import { eventually } from '../../tests/support/eventually.ts';
import { startFakeSlack, type FakeSlack } from '../../tests/support/slack.ts';
import { offlineContext } from '../kit/offline-context.ts';
import { vouch } from '../kit/vouch.ts';
import { slack } from './index.ts';

const hello = {
  type: 'event_callback',
  event: { type: 'message', user: 'U0ADA0000', text: 'Hi', ts: '1.000001', channel: 'D0A' },
};

describe('Socket Mode', () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  const start = async (receive: (request: RawRequest) => Promise<void>, appToken = 'xapp-1') => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(sockets, 'listening');
    const socketUrl = () => `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`;
    const workspace: FakeSlack = await startFakeSlack('xoxb-1', { socketUrl });
    const connected = once(sockets, 'connection') as Promise<[WebSocket]>;
    const told = jest.fn();
    const settings = { ...slack.exampleSettings, botToken: 'xoxb-1', appToken, apiBaseUrl: workspace.url };
    const channel = slack.open(settings, offlineContext({
      connected: told,
      receive: async (request) => {
        await receive(request);
        return { rawRef: 'raw', outcome: 'accepted' };
      },
    })); // prettier-ignore
    const stop = new AbortController();
    const listening = channel.listen?.(stop.signal) ?? Promise.reject(new Error('It does not listen'));
    ends.push(
      async () => (sockets.close(), sockets.clients.forEach((client) => client.terminate())),
      async () => workspace.close(),
      async () => (stop.abort(), await listening.catch(() => undefined), await channel.close?.()),
    );
    return { channel, connected, listening, stop, told, workspace };
  };

  it('acknowledges an event when the hub has it, and not before', async () => {
    let keep: () => void = () => undefined;
    const kept = new Promise<void>((resolve) => (keep = resolve));
    const taken: RawRequest[] = [];
    const { channel, connected, stop, listening, told } = await start((request) => (taken.push(request), kept));
    const [socket] = await connected;
    const acks: unknown[] = [];
    socket.on('message', (data: Buffer) => acks.push(JSON.parse(data.toString())));
    socket.send(JSON.stringify({ type: 'hello' }));
    socket.send(
      JSON.stringify({ type: 'events_api', envelope_id: 'e1', payload: hello, accepts_response_payload: false }),
    );
    await eventually(() => expect(taken).toHaveLength(1));
    expect(told).toHaveBeenCalledTimes(1);
    expect(acks).toEqual([]);
    keep();
    await once(socket, 'message');
    expect(acks).toEqual([expect.objectContaining({ envelope_id: 'e1' })]);
    const [request] = taken;
    expect(request && (await channel.parse(vouch(request)))).toMatchObject([{ dedupeKey: 'D0A:1.000001' }]);
    stop.abort();
    await listening;
  });

  it('leaves to Slack what could not be kept', async () => {
    let tries = 0;
    const { connected } = await start(() => (tries++ === 0 ? Promise.reject(new Error('full')) : Promise.resolve()));
    const [socket] = await connected;
    socket.send(JSON.stringify({ type: 'hello' }));
    for (const envelope_id of ['e1', 'e2'])
      socket.send(JSON.stringify({ type: 'events_api', envelope_id, payload: hello }));
    const [ack] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(ack.toString())).toMatchObject({ envelope_id: 'e2' });
  });

  it('says that a token is no good', async () => {
    const { listening, workspace } = await start(async () => undefined, 'xapp-2');
    workspace.next('apps.connections.open', { body: { ok: false, error: 'invalid_auth' } });
    await expect(listening).rejects.toMatchObject({ code: 'unauthorised' });
  });
});
