const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Durations for Svelte's transitions, as in tokens.css; 0 for whoever wants no motion. */
export const quick = () => (still.matches ? 0 : 120);
export const calm = () => (still.matches ? 0 : 180);
