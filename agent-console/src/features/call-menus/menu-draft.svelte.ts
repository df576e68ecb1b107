import type { CallMenu, CallMenuView } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Stored } from '../../ui/stored.svelte.ts';
import type { Wrong } from './menu-tree.ts';

const CHECK_MS = 400;
interface Kept {
  readonly version: number;
  readonly menu: CallMenu;
}
const isKept = (value: unknown): value is Kept | null =>
  value === null ||
  (typeof value === 'object' && 'version' in value && 'menu' in value && typeof value.menu === 'object');

const menuOf = ({ version: _, changed: _changed, ...menu }: CallMenuView): CallMenu => menu;
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A menu as it is being changed. What is not saved is kept in this browser, with the version that it was made of. */
export class MenuDraft {
  readonly #accountId: string;
  readonly #kept: Stored<Kept | null>;
  #saved: CallMenuView = $state.raw() as CallMenuView;
  #menu: CallMenu = $state.raw() as CallMenu;
  #version = $state(0);
  #problems = $state.raw<readonly Wrong[]>([]);
  #busy = $state(false);
  #failure = $state.raw<ApiProblem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** Changes that were made before somebody came back to them. */
  readonly wasKept: boolean;

  constructor(accountId: string, saved: CallMenuView) {
    this.#accountId = accountId;
    this.#kept = new Stored<Kept | null>(`call-menu.${accountId}`, null, isKept);
    this.#saved = saved;
    const kept = this.#kept.value;
    this.#menu = kept?.menu ?? menuOf(saved);
    this.#version = kept?.version ?? saved.version;
    this.wasKept = this.isChanged;
    void this.#check();
  }

  get menu(): CallMenu {
    return this.#menu;
  }
  get saved(): CallMenuView {
    return this.#saved;
  }
  get isChanged(): boolean {
    return !isSame(this.#menu, menuOf(this.#saved));
  }
  /** Somebody else has saved another one since this one was opened. */
  get isBehind(): boolean {
    return this.isChanged && this.#version !== this.#saved.version;
  }
  get problems(): readonly Wrong[] {
    return this.#problems;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Why it could not be saved, where no field tells it. */
  get failure(): ApiProblem | null {
    return this.#failure;
  }

  set(menu: CallMenu): void {
    this.#menu = menu;
    this.#failure = null;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), CHECK_MS);
  }

  /** The hub has a newer one: who has changed nothing sees it at once. */
  receive(saved: CallMenuView): void {
    if (saved.version <= this.#saved.version) return;
    const untouched = !this.isChanged;
    this.#saved = saved;
    if (untouched) this.discard();
  }

  discard(): void {
    this.#menu = menuOf(this.#saved);
    this.#version = this.#saved.version;
    this.#failure = null;
    this.#keep();
    void this.#check();
  }

  /** `over`: in place of what somebody else has saved meanwhile. Answers whether it is saved. */
  async save(over = false): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    const menu = this.#menu;
    const version = over ? this.#saved.version : this.#version;
    try {
      this.#saved = await call('callMenus.write', { params: { id: this.#accountId }, body: { ...menu, version } });
      this.#failure = null;
      this.#version = this.#saved.version;
      // What the hub has tidied; but nothing that was typed meanwhile.
      if (this.#menu === menu) this.#menu = menuOf(this.#saved);
      this.#keep();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'changed') this.#saved = error.current as CallMenuView;
      else if (error.fields.length > 0) this.#problems = error.fields;
      else this.#failure = error;
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #keep(): void {
    this.#kept.value = this.isChanged ? { version: this.#version, menu: this.#menu } : null;
  }

  async #check(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { problems } = await call('callMenus.check', { params: { id: this.#accountId }, body: this.#menu });
      if (turn === this.#turn) this.#problems = problems;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // Anything but what is wrong with the menu, saving tells.
      if (turn === this.#turn && error.fields.length > 0) this.#problems = error.fields;
    }
  }
}
