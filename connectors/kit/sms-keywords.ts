/**
 * Words with which people leave and come back, on whichever gateway: https://help.twilio.com/articles/223134027, what Canada asks for
 * (ARRET), and what the same notice says in German and Spanish. YES is one of Twilio's for opting in as well, but far more often an
 * answer to a question: it is only a message.
 */
const keywords: Record<string, 'granted' | 'withdrawn'> = {
  STOP: 'withdrawn',
  STOPALL: 'withdrawn',
  UNSUBSCRIBE: 'withdrawn',
  CANCEL: 'withdrawn',
  END: 'withdrawn',
  QUIT: 'withdrawn',
  REVOKE: 'withdrawn',
  OPTOUT: 'withdrawn',
  ARRET: 'withdrawn',
  STOPP: 'withdrawn',
  ABMELDEN: 'withdrawn',
  BAJA: 'withdrawn',
  START: 'granted',
  UNSTOP: 'granted',
};

/** "Stop.", "stop all", "opt-out" and "Arrêt" are these words, too; "End?" asks something. */
const keywordOf = (said: string): string =>
  said
    .trim()
    .normalize('NFD')
    .replace(/\p{M}|[\s-](?=\S)|[.!]+$/gu, '')
    .toUpperCase();

/** What a whole message says about consent, if it does. */
export const consentIn = (said: string): { consent: 'granted' | 'withdrawn'; reason: string } | null => {
  const reason = keywordOf(said);
  const consent = Object.hasOwn(keywords, reason) ? keywords[reason] : undefined;
  return consent ? { consent, reason } : null;
};
