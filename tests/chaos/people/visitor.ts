import type {
  FrameAnswer,
  ServerToVisitor,
  VisitorMessage,
  VisitorPush,
  VisitorToServer,
  VisitorWelcome,
} from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import { joinWelcome, mergeMessages, type Entry } from '../../../connectors/webchat/widget/src/core/conversation.ts';
import {
  newMessage,
  Outbox,
  type MessageFrame,
  type Sent,
} from '../../../connectors/webchat/widget/src/core/outbox.ts';
import { memoryStorage, Store } from '../../../connectors/webchat/widget/src/core/store.ts';
import { comingBack } from './come-back.ts';
import type { Customer } from './customer.ts';
import type { Story } from './story.ts';

const ANSWER_MS = 5_000;
const AGAIN_MS = 500;

/** A customer in the widget, without the browser: the widget's own outbox and its own picture of the conversation. */
export class Visitor implements Customer {
  entries: readonly Entry[] = [];
  visitorId = '';
  readonly #socket: Socket<ServerToVisitor, VisitorToServer>;
  readonly #outbox: Outbox;
  readonly #waiting = new Map<string, () => void>();
  #token: string | undefined;
  #hasOlder = false;
  #again: NodeJS.Timeout | undefined;
  readonly #stayAway: () => void;

  constructor(
    url: string,
    account: string,
    private readonly story: Story,
  ) {
    this.#outbox = new Outbox(new Store(memoryStorage(), account), (frame) => this.#send(frame), {
      alone: (work) => work(),
      sent: (id) => this.#waiting.get(id)?.(),
      refused: (id, problem) => this.story.grievances.push(`a visitor's message was refused: ${id} ${problem}`),
    });
    this.#socket = io(`${url}/visitor`, {
      auth: (give) => give({ account, ...(this.#token !== undefined && { token: this.#token }) }),
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 2_000,
    });
    this.#socket.on('welcome', (welcome) => this.#welcome(welcome));
    this.#socket.on('push', (push, ack) => this.#take(push, ack));
    this.#stayAway = comingBack(this.#socket);
  }

  async say(text: string): Promise<void> {
    const frame = newMessage([{ type: 'text', text }], {});
    const sent = new Promise<void>((resolve) => this.#waiting.set(frame.id, resolve));
    this.#outbox.put(frame);
    void this.#flush();
    await sent;
    this.#waiting.delete(frame.id);
    this.story.said.push({ channel: 'webchat', text });
  }

  /** The line breaks; socket.io mends it. */
  cut(): void {
    this.#socket.io.engine?.close();
  }

  leave(): void {
    clearTimeout(this.#again);
    this.#stayAway();
    this.#socket.off();
    this.#socket.disconnect();
  }

  #welcome({ visitorId, token, messages, hasOlder }: VisitorWelcome): void {
    this.visitorId = visitorId;
    this.#token = token;
    const joined = joinWelcome({ entries: [...this.entries], hasOlder: this.#hasOlder }, messages, hasOlder);
    this.entries = joined.entries;
    this.#hasOlder = joined.hasOlder;
    void this.#flush();
  }

  #take(push: VisitorPush, ack?: () => void): void {
    if (push.type === 'message') this.entries = mergeMessages(this.entries, [push.message as VisitorMessage]);
    ack?.();
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#again);
    if (!(await this.#outbox.flush())) this.#again = setTimeout(() => void this.#flush(), AGAIN_MS);
  }

  async #send(frame: MessageFrame): Promise<Sent> {
    if (!this.#socket.connected || this.#token === undefined) return 'later';
    try {
      return (await this.#socket.timeout(ANSWER_MS).emitWithAck('frame', frame)) as FrameAnswer;
    } catch {
      return 'later'; // no answer: it may have arrived, the hub knows it by its id
    }
  }
}
