/** An address that Twilio should call, and the one that it does. */
export const misdirected = (what: string, is: string, method: string, should: string): string[] => {
  if (is !== should) return [`${what} is ${is === '' ? 'not set' : is}: set it to ${should}`];
  return method === 'POST' ? [] : [`${what} is called by HTTP ${method}: set it to HTTP POST`];
};
