import type { Component } from 'svelte';

export interface MenuAction {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: Component;
  /** A second line. */
  readonly hint?: string | undefined;
  /** Shown beside it; the menu does not listen for it. */
  readonly shortcut?: string | undefined;
  /** The one of its kind that is chosen; with `several`, on and off. */
  readonly checked?: boolean;
  /** On and off, one of those of which several can be on: the menu stays open. */
  readonly several?: boolean;
  readonly disabled?: boolean;
  readonly tone?: 'plain' | 'critical';
}
export type MenuItem = MenuAction | 'line' | { readonly heading: string };
export const isAction = (item: MenuItem): item is MenuAction => typeof item === 'object' && 'run' in item;
