import type { VisitorFrame, VisitorMessage, VisitorWelcome } from '@switchboard/contract';
import { appendWaiting, changeEntry, joinWelcome, markRead, markSent, mergeMessages } from '../core/conversation.ts';
import type { Entry } from '../core/conversation.ts';
import { Outbox } from '../core/outbox.ts';
import type { MessageFrame, Sent } from '../core/outbox.ts';
import { Receipts } from '../core/receipts.ts';
import type { Store } from '../core/store.ts';
import { after } from './timers.ts';

interface Line {
  send(frame: VisitorFrame): Promise<Sent>;
  older(before: string): Promise<{ messages: VisitorMessage[]; hasOlder: boolean } | null>;
}

const resendMs = 5000;

/** The conversation: what was said, what is on its way, what is new. */
export class Messages {
  readonly #line: Line;
  readonly #outbox: Outbox;
  readonly #receipts = new Receipts();
  readonly #seen: () => boolean;
  #cancelResend = () => {};
  #entries = $state.raw<Entry[]>([]);
  #hasOlder = $state(false);
  #loadingOlder = $state(false);
  #unread = $state(0);
  /** What all tabs have yet to send, when this one opens and whenever another keeps or sends something. */
  readonly #heard = (): void => {
    const waiting = this.#outbox.list();
    for (const { key, state } of this.#entries)
      if (state === 'sending' && !waiting.some(({ frame }) => frame.id === key))
        this.#entries = markSent(this.#entries, key);
    for (const one of waiting)
      if (!this.#entries.some(({ key }) => key === one.frame.id)) this.#entries = appendWaiting(this.#entries, one);
  };

  /** `seen`: is the conversation before somebody's eyes? */
  constructor(store: Store, line: Line, seen: () => boolean) {
    this.#line = line;
    this.#seen = seen;
    this.#outbox = new Outbox(store, (frame) => line.send(frame), {
      // Pages without TLS have no locks: there the hub knows the second one by its id.
      alone: (work) => navigator.locks?.request(store.name, work) ?? work(),
      sent: (id) => (this.#entries = markSent(this.#entries, id)),
      refused: (id, problem) => (this.#entries = changeEntry(this.#entries, id, { state: 'failed', problem })),
    });
    this.startAfresh();
    addEventListener('storage', this.#heard);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }
  get hasOlder() {
    return this.#hasOlder;
  }
  get loadingOlder() {
    return this.#loadingOlder;
  }
  get unread() {
    return this.#unread;
  }

  /** With nothing but what this browser has yet to send. */
  startAfresh(): void {
    this.#entries = [];
    this.#heard();
    this.#receipts.forget();
    this.#hasOlder = false;
    this.#unread = 0;
  }

  welcome({ messages, hasOlder, unread }: VisitorWelcome): void {
    const joined = joinWelcome({ entries: this.#entries, hasOlder: this.#hasOlder }, messages, hasOlder);
    this.#entries = joined.entries;
    this.#hasOlder = joined.hasOlder;
    this.#unread = unread;
    this.#receipts.forget();
    this.looked();
    void this.#flush();
  }

  /** True where it is news. */
  take(message: VisitorMessage): boolean {
    const known = this.#entries.some(({ id }) => id === message.id);
    this.#entries = mergeMessages(this.#entries, [message]);
    if (known || message.from !== 'agent') return false;
    this.#unread += 1;
    this.looked();
    return true;
  }

  read(messageId: string): void {
    this.#entries = markRead(this.#entries, messageId);
  }

  /** Tells the hub what has arrived here, and what was seen. */
  looked(): void {
    const seen = this.#seen();
    if (seen) this.#unread = 0;
    for (const receipt of this.#receipts.due(this.#entries, seen))
      void this.#line.send({ type: 'receipt', ...receipt });
  }

  send(frame: MessageFrame): void {
    this.#outbox.put(frame);
    this.#entries = appendWaiting(this.#entries, { frame });
    void this.#flush();
  }

  sendAgain(key: string): void {
    const waiting = this.#outbox.list().find(({ frame }) => frame.id === key);
    if (waiting) this.send(waiting.frame);
  }

  drop(key: string): void {
    this.#outbox.drop(key);
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
  }

  async loadOlder(): Promise<void> {
    const first = this.#entries.find(({ id }) => id !== null)?.id;
    if (!first || !this.#hasOlder || this.#loadingOlder) return;
    this.#loadingOlder = true;
    const page = await this.#line.older(first);
    if (page) {
      this.#entries = mergeMessages(this.#entries, page.messages);
      this.#hasOlder = page.hasOlder;
    }
    this.#loadingOlder = false;
  }

  stop(): void {
    removeEventListener('storage', this.#heard);
    this.#cancelResend();
  }

  async #flush(): Promise<void> {
    this.#cancelResend();
    if (!(await this.#outbox.flush())) this.#cancelResend = after(resendMs, () => void this.#flush());
  }
}
