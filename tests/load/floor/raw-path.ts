import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { RawBus } from './raw-bus.ts';

const Text = z.object({
  MessageSid: z.string().min(1),
  From: z.string().min(1),
  To: z.string().min(1),
  Body: z.string(),
  NumMedia: z.string(),
});
export type Text = z.infer<typeof Text>;

export interface RawPath {
  readonly authToken: string;
  readonly bus: RawBus;
  /** The one durable insert. */
  insert(text: Text): Promise<unknown>;
  /** What the hub's sockets go through to other processes. */
  readonly adapter?: Parameters<Server['adapter']>[0];
}

/** The steps that nobody can leave out: verify → parse → publish, confirmed → consume → store → tell the console. */
export async function serveRawPath({ authToken, bus, insert, adapter }: RawPath): Promise<{ url: string }> {
  const http = createServer((request, response) => {
    void take(request, response).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.writeHead(500).end();
    });
  });
  const sockets = new Server(http, { perMessageDeflate: false, ...(adapter && { adapter }) });
  sockets.on('connection', (socket) => void socket.join('agents'));
  const messages = new Map<string, number>();
  await bus.consume(async (body) => {
    const text = Text.parse(JSON.parse(body));
    await insert(text);
    const count = (messages.get(text.From) ?? 0) + 1;
    messages.set(text.From, count);
    sockets.to('agents').emit('ticket', { phone: text.From, messages: count, text });
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams((await buffer(request)).toString('utf8'));
    const signed = isSigned(authToken, String(request.headers['x-twilio-signature']), `${url}${request.url}`, form);
    if (!signed) return void response.writeHead(403).end();
    const text = Text.parse(Object.fromEntries(form));
    await bus.publish(text.From, JSON.stringify(text));
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response/>');
  };
  return { url };
}

function isSigned(authToken: string, signature: string, url: string, form: URLSearchParams): boolean {
  const signedText = [...form.keys()].sort().reduce((text, name) => text + name + form.get(name), url);
  const wanted = createHmac('sha1', authToken).update(signedText).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
