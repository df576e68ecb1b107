import type { Guide } from '@switchboard/contract';
import { appStep, goLiveStep, verifyTokenStep, webhookStep } from '../app-steps.ts';

export const whatsAppGuide: Guide = {
  provider: 'Meta',
  needsHttps: true,
  steps: [
    appStep('Connect with customers through WhatsApp'),
    {
      when: 'before',
      title: 'Find the number',
      text: 'In the app, under “Use cases”, “Connect with customers through WhatsApp”, “Customize”, “API Setup”: choose your number under “From” and copy the phone number ID and the WhatsApp Business account ID below it.',
      link: { label: 'WhatsApp Manager', url: 'https://business.facebook.com/latest/whatsapp_manager/' },
      gives: ['phoneNumberId', 'businessAccountId'],
    },
    {
      when: 'before',
      title: 'Make an access token that lasts',
      text: 'The token on “API Setup” ends within a day. In the business settings, under “Users”, “System users”, add a system user and assign it the app and the WhatsApp account with full control. Then “Generate token”: choose the app, “Never” as its end, and the permissions whatsapp_business_messaging and whatsapp_business_management.',
      link: { label: 'System users', url: 'https://business.facebook.com/latest/settings/system_users' },
      gives: ['accessToken'],
    },
    verifyTokenStep,
    webhookStep(
      'In the app, under “Use cases”, “Connect with customers through WhatsApp”, “Customize”, “Configuration”.',
      'the field “messages”, and “smb_message_echoes” if the number is used on a phone as well',
    ),
    {
      when: 'after',
      title: 'Press “Connect”',
      text: 'Above on this page. It subscribes your WhatsApp account to the app and sends its messages to this address, also where several accounts here share one app.',
    },
    goLiveStep,
  ],
};
