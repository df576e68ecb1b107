import { ConnectorError } from '@switchboard/contract';
import type { ConnectorErrorCode } from '@switchboard/contract';
import { codeOfStatus } from '../kit/provider-error.ts';
import type { Effect } from '../kit/provider-error.ts';
import { faults } from './whatsapp/faults.ts';

interface GraphFault {
  readonly message: string;
  readonly code: number;
  readonly error_subcode?: number | undefined;
  readonly error_data?: { readonly details?: string | undefined } | undefined;
}

/**
 * https://developers.facebook.com/docs/graph-api/guides/error-handling and those of WhatsApp and Messenger. "Temporary" only where
 * Meta surely has not taken it. No words: Meta's own, or those in `faults`.
 */
const known: Readonly<Record<string, readonly [ConnectorErrorCode, string?]>> = {
  '0': ['unauthorised', 'Meta does not accept the access token'],
  '3': ['unauthorised', 'The app may not use this part of the API'],
  '4': ['rate-limited', 'Meta asks the app to slow down'],
  '10': ['unauthorised', 'The access token lacks a permission'],
  '10/2018065': ['rejected', 'The time in which this customer may be answered is over'],
  '10/2018278': ['rejected', 'The time in which this customer may be answered is over'],
  '10/2534022': ['rejected', 'The time in which this customer may be answered is over'],
  '17': ['rate-limited', 'Meta asks us to slow down'],
  '32': ['rate-limited', 'Meta asks the page to slow down'],
  '100/2018001': ['rejected', 'Meta knows no such customer of this page'],
  '102': ['unauthorised', 'Meta does not accept the access token'],
  '190': ['unauthorised', 'The access token has ended or was withdrawn'],
  '200': ['unauthorised', 'The access token lacks a permission'],
  '200/1545041': ['rejected', 'This person cannot be reached now'],
  '551': ['rejected', 'This person cannot be reached now'],
  '613': ['rate-limited', 'Meta asks us to slow down'],
  '80002': ['rate-limited', 'Meta asks the Instagram account to slow down'],
  '80006': ['rate-limited', 'Meta asks the page to slow down'],
  '80007': ['rate-limited', 'Meta asks the WhatsApp account to slow down'],
  '1200': ['temporary', 'Meta could not send it just now'],
  '130429': ['rate-limited', 'WhatsApp takes no more messages from us just now'],
  '131005': ['unauthorised', 'The access token lacks a permission'],
  '131016': ['temporary', 'WhatsApp is overloaded'],
  '131031': ['unauthorised'],
  '131048': ['rate-limited', 'WhatsApp limits this number: too many of its messages were reported or blocked'],
  '131056': ['rate-limited', 'Too many messages to this customer in a short time'],
  '131057': ['temporary', 'The WhatsApp account is under maintenance'],
  '133004': ['temporary', 'WhatsApp is not available just now'],
  '133010': ['unauthorised'],
};

export const graphError = (
  { message, code, error_subcode, error_data }: GraphFault,
  status: number,
  effect: Effect,
  options: { retryAfterMs?: number } = {},
): ConnectorError => {
  const entry = known[`${code}/${error_subcode ?? ''}`] ?? known[String(code)];
  const kind = entry?.[0] ?? (Object.hasOwn(faults, code) ? 'rejected' : codeOfStatus(status, effect));
  const words = entry?.[1] ?? faults[code] ?? `Meta: ${error_data?.details ?? (message || `status ${status}`)}`;
  return new ConnectorError(
    kind,
    `${words} (${error_subcode === undefined ? code : `${code}/${error_subcode}`})`,
    options,
  );
};
