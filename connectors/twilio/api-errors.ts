import { ConnectorError } from '@switchboard/contract';
import type { ConnectorErrorCode } from '@switchboard/contract';
import { z } from 'zod';
import { codeOfStatus, retryAfterMs } from '../kit/provider-error.ts';
import type { Effect } from '../kit/provider-error.ts';
import type { SafeResponse } from '../kit/safe-fetch.ts';

/** https://www.twilio.com/docs/api/errors, in words for whoever wrote the message. */
const known: Record<number, [ConnectorErrorCode, string]> = {
  20003: ['unauthorised', 'Twilio does not accept the account SID and auth token'],
  20005: ['unauthorised', 'The Twilio account is not active'],
  20429: ['rate-limited', 'Twilio asks us to slow down'],
  14107: ['rate-limited', 'Twilio asks us to slow down'],
  20404: ['rejected', 'Twilio does not know this any more'],
  13224: ['rejected', 'This phone number is not valid or not in use'],
  13225: ['rejected', 'This phone number may not be called'],
  21210: ['rejected', 'Our number is not one that this Twilio account may call from'],
  21211: ['rejected', 'This is not a valid phone number'],
  21214: ['rejected', 'This phone number cannot be reached'],
  21215: ['rejected', 'The Twilio account may not call this country; its geographic permissions allow it'],
  21216: ['rejected', 'Twilio does not call this phone number'],
  21217: ['rejected', 'This phone number does not seem to exist'],
  21219: ['rejected', 'A trial account calls only numbers that are verified in Twilio'],
  21220: ['rejected', 'The call has ended already'],
  21265: ['rejected', 'A short code cannot receive this message'],
  21408: ['rejected', 'The Twilio account may not send to this country; its geographic permissions allow it'],
  21601: ['rejected', 'The sending number cannot send SMS'],
  21603: ['rejected', 'The channel account has no sending number'],
  21606: ['rejected', 'The sending number is not one of the Twilio account'],
  21610: ['rejected', 'The customer has unsubscribed with STOP and must send START before we may write again'],
  21612: ['rejected', 'Twilio has no route from the sending number to this phone number'],
  21614: ['rejected', 'This phone number is no mobile number and cannot receive SMS'],
  21617: ['rejected', 'The message is longer than 1600 characters'],
  21620: ['rejected', 'Twilio cannot fetch the attachment: its address is not valid'],
  21623: ['rejected', 'An SMS may have at most 10 attachments'],
  21635: ['rejected', 'This phone number is a landline and cannot receive SMS'],
  21659: ['rejected', 'The sending number is not one of the Twilio account'],
  21660: ['rejected', 'The sending number belongs to another Twilio account'],
  21703: ['rejected', 'The messaging service has no number to send from'],
  21656: ['rejected', 'The values do not fit the template'],
  21655: ['rejected', 'Twilio has no such template'],
  63016: ['rejected', 'Only a template can be sent: the customer wrote more than 24 hours ago'],
  63007: ['rejected', 'Twilio has no such WhatsApp sender'],
  30001: ['rate-limited', 'Twilio’s queue for the sending number is full'],
};

const Answer = z.object({ code: z.number().optional(), message: z.string().optional() }).catch({});

/** Success in no words of Twilio's: a proxy in between, perhaps, and nobody knows what Twilio did. */
export const readAnswer = (body: string, effect: Effect): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ConnectorError(effect === 'write' ? 'unknown' : 'temporary', 'Twilio’s answer is not JSON', { cause });
  }
};

const readFailure = (body: string): z.infer<typeof Answer> => {
  try {
    return Answer.parse(JSON.parse(body));
  } catch {
    // A gateway in between answers in HTML; the status says enough.
    return {};
  }
};

export const errorOfAnswer = (answer: SafeResponse, body: string, effect: Effect, now: Date): ConnectorError => {
  const { code, message } = readFailure(body);
  const [kind, words] = known[code ?? 0] ?? [
    codeOfStatus(answer.status, effect),
    message ? `Twilio: ${message}` : `Twilio answered with status ${answer.status}`,
  ];
  const wait = retryAfterMs(answer.headers.get('retry-after'), now);
  return new ConnectorError(kind, code ? `${words} (${code})` : words, {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
};
