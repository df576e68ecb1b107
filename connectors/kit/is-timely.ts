const mostSecondsOff = 300;

/** Was a request signed just now? `timestamp` in seconds. An older one may be somebody's who has overheard it, or who keeps it for later. */
export const isTimely = (timestamp: string, receivedAt: Date): boolean =>
  /^\d{1,15}$/.test(timestamp) && Math.abs(receivedAt.getTime() / 1000 - Number(timestamp)) <= mostSecondsOff;
