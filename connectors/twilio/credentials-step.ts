import type { GuideStep } from '@switchboard/contract';

export const numbers = {
  label: 'Active numbers',
  url: 'https://console.twilio.com/us1/develop/phone-numbers/manage/incoming',
};

/** Where each Twilio channel's account SID and token are. */
export const credentialsStep: GuideStep = {
  when: 'before',
  title: 'Find the account SID and the auth token',
  text: 'Sign in to the Twilio console. On its first page, under “Account info”, are the account SID (it begins with AC) and the auth token: press “Show” to see it.\nIt must be the auth token, not an API key: Twilio signs its requests with it.',
  link: { label: 'Twilio console', url: 'https://console.twilio.com/' },
  gives: ['accountSid', 'authToken'],
};
