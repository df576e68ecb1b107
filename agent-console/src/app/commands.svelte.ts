import { type Component, untrack } from 'svelte';

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
    // Read untracked: whoever registers within an effect must not follow the others.
    this.#all = [...untrack(() => this.#all), ...commands];
    return () => {
      this.#all = untrack(() => this.#all).filter((command) => !commands.includes(command));
    };
  }
}

export const commands = new Commands();
