/** Words of the inbox, the conversation, the composer and the customer's panel. */
export const work = {} as const;
