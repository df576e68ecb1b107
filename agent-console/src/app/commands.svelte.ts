import type { Component } from 'svelte';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** Heading that it stands under. */
  readonly group: string;
  /** Other words that people may look for. */
  readonly keywords?: string;
  readonly icon?: Component;
  /** The shortcut that does the same, shown beside it. */
  readonly key?: string;
  readonly run: () => void;
  readonly when?: () => boolean;
}

/** What the palette offers. Features register theirs while they are on screen. */
class Commands {
  #all = $state.raw<readonly Command[]>([]);

  get usable(): readonly Command[] {
    return this.#all.filter((command) => command.when?.() ?? true);
  }

  /** Call inside `$effect` with its return value, or once for commands that live as long as the app. */
  register(...commands: readonly Command[]): () => void {
    this.#all = [...this.#all, ...commands];
    return () => {
      this.#all = this.#all.filter((command) => !commands.includes(command));
    };
  }
}

/**
 * How well a command fits what was typed: 0 not at all, higher is better. Every word must begin a word of the title or the
 * keywords, or the typed letters must be its initials ("gi" finds "Go to inbox"). Pure.
 */
export function fitness(command: Pick<Command, 'title' | 'keywords'>, typed: string): number {
  const wanted = words(typed);
  if (wanted.length === 0) return 1;
  const title = words(command.title);
  const all = [...title, ...words(command.keywords ?? '')];
  const initials = title.map((word) => word.charAt(0)).join('');
  if (wanted.length === 1 && wanted[0] && wanted[0].length > 1 && initials.startsWith(wanted[0])) return 2;
  if (!wanted.every((word) => all.some((each) => each.startsWith(word)))) return 0;
  return title[0]?.startsWith(wanted[0] ?? '') ? 4 : 3;
}
const words = (text: string) =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export const commands = new Commands();
