import type { ContentPart, VisitorPush, VisitorRefusal, VisitorWelcome } from '@switchboard/contract';
import { newMessage } from '../core/outbox.ts';
import type { PageIdentity, PanelOptions } from '../core/panel-handle.ts';
import type { Contact } from '../core/store.ts';
import { TypingSignal } from '../core/typing.ts';
import { Attachments } from './attachments.svelte.ts';
import { Centre } from './centre.svelte.ts';
import { chime } from './chime.ts';
import { Connection } from './connection.ts';
import type { ConnectionState } from './connection.ts';
import { firstAppearance, launcherLook } from './look.ts';
import { Messages } from './messages.svelte.ts';
import { after } from './timers.ts';
import { Visitor } from './visitor.svelte.ts';

const waitMs = 20_000;
const writingMs = 8000;

/** One visitor's chat in this browser: what the panel shows and what it can do. */
export class Chat {
  readonly centre: Centre;
  readonly visitor: Visitor;
  readonly messages: Messages;
  readonly attachments: Attachments;
  readonly #options: PanelOptions;
  readonly #connection: Connection;
  readonly #typing: TypingSignal;
  #cancelWriter = () => {};
  #cancelWait = () => {};
  #person = $state(0);
  #opened = $state(false);
  #connected = $state<ConnectionState>('connecting');
  #writer = $state.raw<{ name: string | null } | null>(null);

  constructor(options: PanelOptions) {
    const { store, base, account } = options;
    this.#options = options;
    this.centre = new Centre(firstAppearance(store.read().appearance, options.look));
    this.visitor = new Visitor(account, store, options.identity);
    this.#connection = new Connection(base, {
      hello: () => this.#hello(),
      state: (state) => (this.#connected = state),
      welcome: (welcome) => this.#welcome(welcome),
      push: (push) => this.#take(push),
      refused: (refusal) => this.#refused(refusal),
    });
    this.messages = new Messages(store, this.#connection, () => this.#opened && document.visibilityState === 'visible');
    this.attachments = new Attachments({ base, account, visitor: this.visitor, centre: this.centre });
    this.#typing = new TypingSignal((typing) => this.#connection.mention({ type: 'typing', typing }), {
      now: Date.now,
      after,
    });
    document.addEventListener('visibilitychange', this.#looked);
  }

  get opened() {
    return this.#opened;
  }
  get connected() {
    return this.#connected;
  }
  /** Counts the people that this page has seen: what is written belongs to one of them. */
  get person() {
    return this.#person;
  }
  /** Who of the team is writing. */
  get writer() {
    return this.#writer;
  }

  open(): void {
    this.#opened = true;
    this.#looked();
  }

  close(): void {
    this.#opened = false;
    this.#typing.stopped();
  }

  /** The visitor closes the panel from within. */
  leave(): void {
    this.#options.closed();
  }

  identify(page: PageIdentity): void {
    if (this.visitor.identify(page)) this.#connection.restart();
  }

  send(parts: ContentPart[], contact: Contact = {}): void {
    this.visitor.learn(contact);
    this.#typing.stopped();
    this.visitor.draft = '';
    this.#options.store.write({ talked: true });
    this.messages.send(newMessage(parts, this.visitor.contact));
  }

  /** A button of a message. What is being written stays. */
  choose(id: string, label: string): void {
    this.messages.send(newMessage([{ type: 'choice', id, label }], this.visitor.contact));
  }

  typed(draft: string): void {
    this.visitor.draft = draft;
    if (draft.trim()) this.#typing.typed();
    else this.#typing.stopped();
  }

  toggleSound(): void {
    this.visitor.sound = !this.visitor.sound;
    if (this.visitor.sound) chime();
  }

  destroy(): void {
    document.removeEventListener('visibilitychange', this.#looked);
    this.#cancelWriter();
    this.#typing.stopped();
    this.messages.stop();
    this.attachments.clear();
    this.#connection.close();
  }

  readonly #looked = (): void => {
    this.messages.looked();
    this.#options.unreadChanged(this.messages.unread);
  };

  #hello() {
    const { hello, changed } = this.visitor.hello();
    if (changed) {
      this.messages.startAfresh();
      this.attachments.clear();
      this.#person += 1;
    }
    return hello;
  }

  #welcome(welcome: VisitorWelcome): void {
    const { store, lookChanged } = this.#options;
    this.visitor.welcome(welcome);
    this.centre.welcome(welcome);
    this.messages.welcome(welcome);
    const { appearance } = this.centre;
    const launcher = launcherLook(appearance);
    store.write({ appearance, launcher, talked: this.messages.entries.length > 0 });
    lookChanged(launcher);
    this.#options.unreadChanged(this.messages.unread);
  }

  #take(push: VisitorPush): void {
    switch (push.type) {
      case 'message':
        if (!this.messages.take(push.message)) return;
        this.#writes(null);
        if (this.visitor.sound) chime();
        this.#options.unreadChanged(this.messages.unread);
        return;
      case 'typing':
        return this.#writes(push.typing ? { name: push.agent ?? null } : null);
      case 'read':
        return this.messages.read(push.messageId);
      case 'wait':
        return this.#waits(push.text);
      case 'status':
        return this.centre.status(push);
    }
  }

  /** Said anew while it lasts. */
  #waits(text: string | null): void {
    this.#cancelWait();
    this.centre.wait = text;
    this.#cancelWait = after(waitMs, () => (this.centre.wait = null));
  }

  /** The word that somebody stopped may be lost: it does not stand for ever. */
  #writes(writer: { name: string | null } | null): void {
    this.#cancelWriter();
    this.#writer = writer;
    if (writer) this.#cancelWriter = after(writingMs, () => (this.#writer = null));
  }

  #refused({ reason, message }: VisitorRefusal): boolean {
    if (reason === 'token' && this.visitor.token) {
      this.visitor.forgetToken();
      return true;
    }
    console.warn(`Switchboard: ${message}`);
    return false;
  }
}
