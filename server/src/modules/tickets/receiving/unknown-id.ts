/** A report may overtake the answer that tells us the provider's id, or its own message: so long it is tried again. */
export const TRIES_FOR_UNKNOWN_ID = 4;
