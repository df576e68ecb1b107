/** Words of set-up, sign-in and invitation. */
export const signIn = {} as const;
