import type { Guide, GuideStep } from '@switchboard/contract';
import { appStep, goLiveStep, verifyTokenStep, webhookStep } from '../app-steps.ts';

const messengerUse = 'Engage with customers on Messenger from Meta';
const instagramUse = 'Manage messaging & content on Instagram';

const connectStep = (what: string): GuideStep => ({
  when: 'after',
  title: 'Press “Connect”',
  text: `Above on this page. It subscribes ${what} to the app: without it Meta knows the address, but sends nothing.`,
});

export const messengerGuide: Guide = {
  provider: 'Meta',
  needsHttps: true,
  steps: [
    appStep(messengerUse),
    {
      when: 'before',
      title: 'Make an access token of the page',
      text: `In the app, under “Use cases”, “${messengerUse}”, “Customize”, “Messenger API settings”: under “Generate access tokens” add your page, then press “Generate”. The token needs the permissions pages_messaging and pages_manage_metadata.`,
      link: { label: 'Your Meta apps', url: 'https://developers.facebook.com/apps/' },
      gives: ['accessToken'],
    },
    verifyTokenStep,
    webhookStep(
      `In the app, under “Use cases”, “${messengerUse}”, “Customize”, “Messenger API settings”, “Configure webhooks”.`,
      'all fields whose names begin with “message” or “messaging”, and “standby”',
    ),
    connectStep('the page'),
    goLiveStep,
  ],
};

export const instagramGuide: Guide = {
  provider: 'Meta',
  needsHttps: true,
  steps: [
    appStep(instagramUse, { text: 'Its app ID is under “App settings”, “Basic”.', gives: ['appId'] }),
    {
      when: 'before',
      title: 'Make an access token of the account',
      text: `The account must be a professional one. In the app, under “Use cases”, “${instagramUse}”, “Customize”, “API setup with Instagram login”: add the account and press “Generate token”. It needs instagram_business_basic and instagram_business_manage_messages, and ends after 60 days: say so in the settings, and we remind you.\nOn the same page is the Instagram app secret, which signs what Meta sends: take it as the app secret.\nAn account that is linked to a page can use the page’s token instead; then the API address is https://graph.facebook.com, and the app secret that of “App settings”, “Basic”.`,
      link: { label: 'Your Meta apps', url: 'https://developers.facebook.com/apps/' },
      gives: ['accessToken', 'tokenEnds', 'appSecret', 'apiBaseUrl'],
    },
    {
      when: 'before',
      title: 'Let apps read the messages',
      text: 'In the Instagram app on your phone: “Settings”, “Messages and story replies”, “Message controls”, “Connected tools”: allow access to messages.',
    },
    verifyTokenStep,
    webhookStep(
      `In the app, under “Use cases”, “${instagramUse}”, “Customize”, “API setup with Instagram login”, “Configure webhooks”.`,
      'all fields whose names begin with “message” or “messaging”, and “standby”',
    ),
    connectStep('the account'),
    goLiveStep,
  ],
};
