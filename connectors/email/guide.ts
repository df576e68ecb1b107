import type { Guide } from '@switchboard/contract';

export const emailGuide: Guide = {
  provider: null,
  needsHttps: false,
  steps: [
    {
      when: 'before',
      title: 'Choose how mail comes in',
      text: 'Read a mailbox (IMAP): the hub signs in to it and fetches what is new, within seconds. Nothing is changed at your mail server, and nothing has to reach the hub.\nOr let your mail server forward the address to the hub’s own receiver (SMTP). Let nobody but your mail server reach its port.',
      gives: ['address', 'inbound'],
    },
    {
      when: 'before',
      title: 'Have the servers’ names and a password at hand',
      text: 'Your provider lists them as “IMAP” and “SMTP” or “mail client” settings. Where the sign-in has two factors, make an app password for the hub: your own password is refused.\nGmail: imap.gmail.com, smtp.gmail.com, and an app password.\nMicrosoft 365 refuses passwords over IMAP: forward the address to the receiver instead.',
      link: { label: 'App passwords of Google accounts', url: 'https://myaccount.google.com/apppasswords' },
      gives: ['inbound.password', 'outbound'],
    },
    {
      when: 'after',
      title: 'With the receiver: forward the address to the hub',
      text: 'Tell your mail server to pass on what comes to the address, unchanged and by SMTP, to this machine and the port of the settings. Customers answer to name+code@your-domain: those addresses must be passed on as well, or switch “Answers find their ticket by the address” off.',
    },
    {
      when: 'after',
      title: 'Try it',
      text: 'Send a mail to the address from another one of yours, and answer it here. If the answer ends in the spam folder, see that your domain’s SPF and DKIM records know the server that you send by.',
    },
  ],
};
