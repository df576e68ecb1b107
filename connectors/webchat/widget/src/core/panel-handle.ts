import type { LauncherLook, Store } from './store.ts';

/** Who the host page says is there. Without a hash it is only a contact, and proves nothing. */
export interface PageIdentity {
  readonly userId?: string;
  readonly hash?: string;
  readonly name?: string;
  readonly email?: string;
}

export interface PanelOptions {
  readonly account: string;
  /** Where the hub is, with a slash at the end. */
  readonly base: string;
  readonly root: ShadowRoot;
  /** The panel draws itself in here. */
  readonly frame: HTMLElement;
  readonly store: Store;
  readonly look: LauncherLook;
  readonly identity: PageIdentity | null;
  unreadChanged(count: number): void;
  lookChanged(look: LauncherLook): void;
  closed(): void;
}

/** What the loader holds of the panel, which is a script of its own. Only ever added to: the two may be of different ages. */
export interface PanelHandle {
  open(): void;
  close(): void;
  identify(identity: PageIdentity): void;
  destroy(): void;
}
