import type { GuideStep } from '@switchboard/contract';

const apps = { label: 'Your Meta apps', url: 'https://developers.facebook.com/apps/' };

const basics = {
  text: 'Under “App settings”, “Basic” are its app ID and its app secret, which signs what Meta sends.',
  gives: ['appId', 'appSecret'],
};

/** One app serves WhatsApp, Messenger and Instagram. */
export const appStep = (useCase: string, { text, gives } = basics): GuideStep => ({
  when: 'before',
  title: 'Make an app at Meta',
  text: `One app is enough for WhatsApp, Messenger and Instagram. Create it with your business portfolio and the use case “${useCase}”; in an app that you have, add that under “Use cases”.\n${text}`,
  link: apps,
  gives,
});

/** The address and the verify token are entered in one place, and Meta asks for an answer at once. */
export const webhookStep = (where: string, fields: string): GuideStep => ({
  when: 'after',
  title: 'Give Meta the webhook address',
  text: `${where} Put the address into “Callback URL” and the verify token that you chose here into “Verify token”, then press “Verify and save”. Meta calls the address at once.\nSubscribe to ${fields}.`,
  link: apps,
  copy: [{ label: 'Callback URL', hook: '' }],
});

export const verifyTokenStep: GuideStep = {
  when: 'before',
  title: 'Choose a verify token',
  text: 'Any words of your own, at least eight characters. You type the same here and, later, at Meta: it proves that the address is yours.',
  gives: ['verifyToken'],
};

export const goLiveStep: GuideStep = {
  when: 'after',
  title: 'Publish the app',
  text: 'Until the app is published Meta passes on only what people with a role in the app write. Customers of a business that is not your own need advanced access to the permissions, by “App review”.',
  link: apps,
};
