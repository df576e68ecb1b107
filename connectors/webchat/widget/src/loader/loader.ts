import type { MountPanel } from '../panel/panel.ts';
import type { PageIdentity, PanelHandle } from '../core/panel-handle.ts';
import { browserStorage, Store } from '../core/store.ts';
import { Launcher } from './launcher.ts';
import { readScriptTag } from './script.ts';
import type { ScriptTag } from './script.ts';

declare const PANEL_VERSION: string;

/** All that the host page sees: `window.Switchboard`. */
export interface SwitchboardApi {
  open(): void;
  close(): void;
  /** `hash`: HMAC-SHA256(the account's identity secret, userId) in hex, made by the page's server. */
  identify(identity: PageIdentity): void;
  /** At sign-out: takes the chat off the page and forgets the visitor in this browser. */
  shutdown(): void;
}

declare global {
  interface Window {
    Switchboard?: SwitchboardApi;
  }
}

class Loader implements SwitchboardApi {
  readonly #tag: ScriptTag;
  readonly #store: Store;
  readonly #launcher: Launcher;
  #identity: PageIdentity | null = null;
  #panel: Promise<PanelHandle> | null = null;
  #attempts = 0;
  #opened = false;
  #gone = false;

  constructor(tag: ScriptTag) {
    this.#tag = tag;
    this.#store = new Store(
      browserStorage(() => window.localStorage),
      tag.account,
    );
    const { launcher = tag.look, talked } = this.#store.read();
    this.#launcher = new Launcher(launcher, () => (this.#opened ? this.close() : this.open()));
    // Somebody waits for an answer: only the panel's socket knows whether there is one.
    if (talked) void this.#load();
  }

  open(): void {
    if (this.#gone || this.#opened) return;
    this.#setOpened(true);
    void this.#load().then((panel) => {
      if (this.#opened) panel?.open();
      else panel?.close();
    });
  }

  close(): void {
    if (!this.#opened) return;
    this.#setOpened(false);
    this.#launcher.focus();
    void this.#panel?.then((panel) => panel.close()).catch(() => undefined);
  }

  identify(identity: PageIdentity): void {
    this.#identity = { ...identity };
    void this.#panel?.then((panel) => panel.identify(identity)).catch(() => undefined);
  }

  shutdown(): void {
    this.#gone = true;
    this.#opened = false;
    this.#launcher.remove();
    this.#store.forget();
    delete window.Switchboard;
    void this.#panel?.then((panel) => panel.destroy()).catch(() => undefined);
  }

  #setOpened(opened: boolean): void {
    this.#opened = opened;
    this.#launcher.opened = opened;
    this.#launcher.failed = false;
  }

  async #load(): Promise<PanelHandle | null> {
    this.#launcher.busy = true;
    this.#panel ??= this.#mount();
    try {
      return await this.#panel;
    } catch (error) {
      console.warn('Switchboard: the chat could not be loaded.', error);
      this.#panel = null;
      if (this.#opened) {
        this.#setOpened(false);
        this.#launcher.failed = true;
      }
      return null;
    } finally {
      this.#launcher.busy = false;
    }
  }

  async #mount(): Promise<PanelHandle> {
    // A browser remembers that a module could not be loaded: another address is another try.
    const retry = this.#attempts > 0 ? `&try=${this.#attempts}` : '';
    this.#attempts += 1;
    const address = new URL(`widget-panel.js?v=${PANEL_VERSION}${retry}`, this.#tag.base).href;
    const { mountPanel } = (await import(/* @vite-ignore */ address)) as { mountPanel: MountPanel };
    return mountPanel({
      account: this.#tag.account,
      base: this.#tag.base,
      root: this.#launcher.root,
      frame: this.#launcher.frame,
      store: this.#store,
      look: this.#launcher.look,
      identity: this.#identity,
      unreadChanged: (count) => (this.#launcher.unread = count),
      lookChanged: (look) => (this.#launcher.look = look),
      closed: () => this.close(),
    });
  }
}

const start = (script: HTMLScriptElement | null): void => {
  const tag = readScriptTag(script);
  if (!tag) return console.warn('Switchboard: the script tag needs data-account with the id of the chat account.');
  if (window.Switchboard) return;
  window.Switchboard = new Loader(tag);
};

start(
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector('script[data-account][src*="widget.js"]'),
);
