import { createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import type {
  ConnectorContext,
  FrameAnswer,
  VisitorFrame,
  VisitorHello,
  VisitorMessage,
  VisitorPush,
  VisitorWelcome,
} from '@switchboard/contract';
import { exampleAccountId, offlineContext } from '../../connectors/kit/offline-context.ts';
import { webchat } from '../../connectors/webchat/index.ts';
import { WebchatSettings } from '../../connectors/webchat/settings.ts';
import { wantedFirst } from '../../server/src/modules/visitors/wanted-first.ts';

const dist = join(import.meta.dirname, '../../connectors/webchat/widget/dist');
const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html', png: 'image/png' };
const pageSize = 30;

interface Upload {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** The hub's side of `/visitor` and no more, around the real connector: what the widget's tests talk to. */
export class ChatHub {
  readonly frames: VisitorFrame[] = [];
  readonly messages: VisitorMessage[] = [];
  readonly uploads = new Map<string, Upload>();
  /** Who has come. */
  readonly visitors = new Set<string>();
  readonly account = exampleAccountId;
  online = true;
  agents: VisitorWelcome['agents'] = [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }];
  expectedReply: VisitorWelcome['expectedReply'] = { fromSeconds: 70, toSeconds: 280 };
  /** What a message frame is answered with; the frame is kept only where it is ok. */
  answer: (frame: VisitorFrame) => FrameAnswer = () => ({ ok: true });
  uploadStatus = 201;
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #sockets = new Set<Socket>();
  readonly #signingKey = Buffer.alloc(32, 7);
  #settings: WebchatSettings;
  #origin = '';

  private constructor(settings: Partial<WebchatSettings>) {
    this.#settings = WebchatSettings.parse(settings);
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#io = new Server(this.#http, { cors: { origin: true }, pingInterval: 1000, pingTimeout: 20_000 });
    this.#io.of('/visitor').use((socket, next) => {
      const hello = socket.handshake.auth as VisitorHello;
      const admission = this.#channel.visitors?.admit(hello, socket.handshake.headers.origin, randomUUID);
      if (!admission?.ok) return next(Object.assign(new Error('refused'), { data: admission }));
      socket.data = admission;
      next();
    });
    this.#io.of('/visitor').on('connection', (socket) => this.#connected(socket));
  }

  static async start(settings: Partial<WebchatSettings> = {}): Promise<ChatHub> {
    const hub = new ChatHub(settings);
    await hub.listen(0);
    return hub;
  }

  get url(): string {
    return this.#origin;
  }

  /** Again on the same port: the same hub after a break. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(port, '127.0.0.1', resolve));
    this.#origin = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#io.disconnectSockets(true);
    this.#http.closeAllConnections();
    await this.#io.close();
  }

  /** Sockets are cut and new ones are turned away, as when the line breaks. */
  breakLine(): void {
    this.#io.engine.opts.allowRequest = (_request, callback) => callback('the line is broken', false);
    for (const socket of this.#sockets) socket.conn.close();
  }

  mendLine(): void {
    delete this.#io.engine.opts.allowRequest;
  }

  /** As behind a proxy that lets no WebSocket through. */
  refuseWebSockets(): void {
    this.#io.engine.opts.transports = ['polling'];
  }

  hashOf(userId: string): string {
    return createHmac('sha256', this.#settings.identitySecret ?? '')
      .update(userId)
      .digest('hex');
  }

  /** An agent's answer; resolves when a browser has it, false when none is there. */
  async replies(text: string, parts: VisitorMessage['parts'] = []): Promise<boolean> {
    const said: VisitorMessage['parts'] = text ? [{ type: 'text', text }] : [];
    const message = this.says('agent', [...said, ...parts]);
    return this.push({ type: 'message', message });
  }

  says(
    from: 'visitor' | 'agent',
    parts: VisitorMessage['parts'],
    at = new Date(),
    name = 'Ada Lovelace',
  ): VisitorMessage {
    const message: VisitorMessage = {
      id: randomUUID(),
      clientId: from === 'visitor' ? randomUUID() : null,
      from,
      agent: from === 'agent' ? { name } : null,
      parts,
      at: at.toISOString(),
      state: from === 'visitor' ? 'read' : 'sent',
    };
    this.messages.push(message);
    return message;
  }

  async push(push: VisitorPush): Promise<boolean> {
    const answers = [...this.#sockets].map((socket) => socket.timeout(10_000).emitWithAck('push', push));
    const settled = await Promise.allSettled(answers);
    return settled.some(({ status }) => status === 'fulfilled');
  }

  get #channel() {
    const context: Partial<ConnectorContext> = {
      signingKey: this.#signingKey,
      webhookUrl: `${this.#origin}/webhooks/${this.account}`,
    };
    return webchat.open(this.#settings, offlineContext(context));
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    this.visitors.add((socket.data as { visitorId: string }).visitorId);
    const { visitorId, token } = socket.data as { visitorId: string; token: string };
    socket.on('disconnect', () => this.#sockets.delete(socket));
    socket.on('frame', (frame: VisitorFrame, ack: (answer: FrameAnswer) => void) => {
      const answer = frame.type === 'message' ? this.answer(frame) : { ok: true as const };
      if (answer.ok) this.#take(visitorId, token, frame);
      ack(answer);
    });
    socket.on('older', (before: string, ack: (answer: object) => void) => {
      const end = this.messages.findIndex(({ id }) => id === before);
      const start = Math.max(0, end - pageSize);
      ack({ messages: this.messages.slice(start, end), hasOlder: start > 0 });
    });
    socket.emit('welcome', {
      visitorId,
      token,
      appearance:
        this.#channel.visitors?.appearance(
          new Date(),
          wantedFirst(socket.handshake.headers['accept-language'] ?? ''),
        ) ?? {},
      online: this.online,
      agents: this.agents,
      ...(this.expectedReply ? { expectedReply: this.expectedReply } : {}),
      messages: this.messages.slice(-pageSize),
      hasOlder: this.messages.length > pageSize,
      unread: this.messages.filter(({ from, state }) => from === 'agent' && state !== 'read').length,
    } satisfies VisitorWelcome);
  }

  /** Through the connector, so that a frame which it would reject fails here too. A repeated message is kept once. */
  #take(visitorId: string, token: string, frame: VisitorFrame): void {
    const headers = { 'x-visitor-token': token };
    const rawBody = Buffer.from(JSON.stringify(frame));
    const raw = { method: 'FRAME', url: `visitor:${visitorId}`, hook: '', headers, rawBody, receivedAt: new Date() };
    const request = this.#channel.visitors?.verify(visitorId, raw);
    if (!request) throw new Error('the connector has no visitors');
    const [event] = this.#channel.parse(request) as { kind: string }[];
    this.frames.push(frame);
    if (frame.type === 'receipt') {
      const read = this.messages.find(({ id }) => id === frame.messageId);
      if (read) read.state = frame.state;
    }
    if (frame.type !== 'message' || this.messages.some(({ clientId }) => clientId === frame.id)) return;
    if (event?.kind !== 'message.received') throw new Error('a message became something else');
    const parts = frame.parts.map((part) =>
      part.type === 'media'
        ? { ...part, media: { ...part.media, source: part.media.source.replace('media:', `${this.#origin}/media/`) } }
        : part,
    );
    this.messages.push({ ...this.says('visitor', parts), clientId: frame.id, state: 'sent' });
    this.messages.splice(-2, 1);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#origin);
    if (pathname.startsWith('/socket.io')) return;
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (pathname === '/visitor/media') return this.#takeUpload(request, response, searchParams.get('account'));
    const upload = this.uploads.get(pathname.replace('/media/', ''));
    if (upload) return void response.writeHead(200, { 'content-type': upload.mimeType }).end(upload.bytes);
    const file = pathname === '/widget-test' ? 'widget-test.html' : pathname.slice(1);
    const content = /^widget[\w.-]*$/.test(file) ? await readFile(join(dist, file)).catch(() => null) : null;
    response.writeHead(content ? 200 : 404, { 'content-type': types[file.split('.').pop() ?? ''] ?? 'text/plain' });
    response.end(content ?? 'not found');
  }

  async #takeUpload(request: IncomingMessage, response: ServerResponse, account: string | null): Promise<void> {
    const form = await new Response(await buffer(request), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file');
    const known = request.headers.authorization?.startsWith('Bearer ') && account === this.account;
    if (!known || !(file instanceof File) || this.uploadStatus >= 300) {
      return void response.writeHead(this.uploadStatus >= 300 ? this.uploadStatus : 401).end('{}');
    }
    const mediaId = randomUUID();
    const upload = { fileName: file.name, mimeType: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
    this.uploads.set(mediaId, upload);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ mediaId, ...upload, bytes: upload.bytes.length }));
  }
}

/** Somebody else's website, on an origin of its own, which allows the hub and nothing more. */
export const startHostPage = async (hub: ChatHub, attributes = ''): Promise<{ url: string; stop(): Promise<void> }> => {
  const policy = [
    "default-src 'none'",
    `script-src ${hub.url}`,
    `connect-src ${hub.url} ${hub.url.replace('http', 'ws')}`,
    `img-src ${hub.url}`,
  ].join('; ');
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="${hub.url}/icon.png">
    <script src="${hub.url}/widget.js" data-account="${hub.account}" ${attributes} async></script></head>
    <body><main><h1>A shop</h1><p>Things to buy.</p><button id="buy">Buy</button></main></body></html>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
