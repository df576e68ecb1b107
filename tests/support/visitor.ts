import { randomUUID } from 'node:crypto';
import type { FrameAnswer, VisitorMessage, VisitorPush, VisitorWelcome } from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import { eventually, found } from './eventually.ts';

/** A customer in the widget, without the browser. */
export class Visitor {
  readonly messages = new Map<string, VisitorMessage>();
  readonly pushes: VisitorPush[] = [];
  welcome!: VisitorWelcome;
  private readonly socket: Socket;

  private constructor(url: string, account: string, token: string | undefined) {
    this.socket = io(`${url}/visitor`, {
      transports: ['websocket'],
      auth: { account, ...(token !== undefined && { token }) },
      reconnection: false,
      forceNew: true,
    });
    this.socket.on('push', (push: VisitorPush, ack?: () => void) => {
      this.pushes.push(push);
      if (push.type === 'message') this.messages.set(push.message.id, push.message);
      ack?.();
    });
  }

  static async on(url: string, account: string, token?: string): Promise<Visitor> {
    const visitor = new Visitor(url, account, token);
    visitor.welcome = await new Promise<VisitorWelcome>((resolve, reject) => {
      visitor.socket.once('welcome', resolve);
      visitor.socket.once('connect_error', reject);
    });
    for (const message of visitor.welcome.messages) visitor.messages.set(message.id, message);
    return visitor;
  }

  async says(text: string, id: string = randomUUID()): Promise<FrameAnswer> {
    const frame = { type: 'message', id, parts: [{ type: 'text', text }], at: new Date().toISOString() };
    return (await this.socket.timeout(15_000).emitWithAck('frame', frame)) as FrameAnswer;
  }

  async gets(text: string): Promise<VisitorMessage> {
    return eventually(() =>
      found(
        `an answer with ${text}`,
        [...this.messages.values()].find((message) => message.from === 'agent' && textOf(message).includes(text)),
      ),
    );
  }

  /** When the next message with these words comes, by `performance.now()`. */
  hears(text: string): Promise<number> {
    return new Promise((resolve) => {
      const hear = (push: VisitorPush) => {
        if (push.type !== 'message' || !textOf(push.message).includes(text)) return;
        this.socket.off('push', hear);
        resolve(performance.now());
      };
      this.socket.on('push', hear);
    });
  }

  /** Why its line breaks, when it does. */
  cutOff(): Promise<string> {
    return new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  leaves(): void {
    this.socket.disconnect();
  }
}

const textOf = ({ parts }: VisitorMessage): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
