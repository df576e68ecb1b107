import type { Component } from 'svelte';

export interface MenuAction {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: Component;
  /** A second line. */
  readonly hint?: string | undefined;
  /** Shown beside it; the menu does not listen for it. */
  readonly shortcut?: string | undefined;
  /** One of several, or on and off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly tone?: 'plain' | 'critical';
}
export type MenuItem = MenuAction | 'line' | { readonly heading: string };
export const isAction = (item: MenuItem): item is MenuAction => typeof item === 'object' && 'run' in item;
