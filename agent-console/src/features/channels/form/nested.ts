import type { Snippet } from 'svelte';
import type { Json, Spec } from './schema.ts';

/** Draws the fields of an object. Handed down, so that no component needs to import the one that holds it. */
export type Nested = Snippet<[fields: readonly Spec[], values: Json, path: string, onchange: (values: Json) => void]>;
