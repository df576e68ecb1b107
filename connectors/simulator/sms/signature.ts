import { createHmac } from 'node:crypto';

/** `X-Twilio-Signature` as https://www.twilio.com/docs/usage/security describes it, computed without Twilio's package. */
export const twilioSignature = (authToken: string, url: string, form: URLSearchParams): string => {
  const names = [...new Set(form.keys())].sort();
  const data = names.map((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + data.flat().join(''))
    .digest('base64');
};
