import { untrack } from 'svelte';
import { commands } from '../../app/commands.svelte.ts';
import { keys } from '../../app/keys.svelte.ts';

export interface Act {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
  readonly when?: () => boolean;
}

/** By key and in the palette, under this heading. For an `$effect`. */
export const registerActs = (group: string, acts: readonly Act[]): (() => void) =>
  untrack(() => {
    const stops = [
      keys.register(...acts.map((act) => ({ ...act, group: 'general' as const }))),
      commands.register(...acts.map(({ label: title, ...act }) => ({ id: `call:${act.key}`, title, group, ...act }))),
    ];
    return () => stops.forEach((stop) => stop());
  });
