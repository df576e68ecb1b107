import type { Fault } from './parse/payload.schema.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, in words for agents. */
export const faults: Readonly<Record<number, string>> = {
  130472: 'WhatsApp did not send it: this customer is part of an experiment of Meta’s with marketing messages',
  131021: 'Sender and recipient are the same number',
  131026: 'It could not be delivered: the number may not be on WhatsApp, or its app is too old',
  131030: 'The number is not among those that the test number may write to',
  131031: 'Meta has locked the WhatsApp account',
  131042: 'Meta could not charge the account: check its payment method',
  131047: 'More than 24 hours have passed since the customer last wrote: only a template can be sent now',
  131049: 'WhatsApp did not send it, so that the customer does not get too many marketing messages',
  131050: 'The customer does not want marketing messages from us',
  131051: 'WhatsApp does not know this kind of message',
  131052: 'WhatsApp could not fetch the customer’s file',
  131053: 'WhatsApp could not fetch the file that was to be sent',
  132000: 'The template has another number of variables',
  132001: 'There is no such template in this language, or it is not approved',
  132005: 'The template is too long with these values',
  132007: 'The template breaks WhatsApp’s rules',
  132012: 'A value does not have the form that the template asks for',
  132015: 'WhatsApp has paused this template for its low quality',
  132016: 'WhatsApp has disabled this template for its low quality',
  133010: 'The phone number is not registered with WhatsApp',
  368: 'Meta has blocked the account for breaking its rules',
};

export const faultWords = ([first]: readonly Fault[]): string => {
  const { code, title, message, error_data } = first ?? {};
  const words = faults[code ?? 0] ?? error_data?.details ?? title ?? message ?? 'WhatsApp gave no reason';
  return code === undefined ? words : `${words} (${code})`;
};
