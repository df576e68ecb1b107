import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { emailCapabilities } from './capabilities.ts';
import { checkEmail } from './check.ts';
import { sendMail } from './deliver/send-mail.ts';
import { emailGuide } from './guide.ts';
import { openPart } from './parse/open-part.ts';
import { parseAnyMail } from './parse/parse-off-thread.ts';
import { ImapReceiver } from './receive/imap-receiver.ts';
import { receiveBySmtp } from './receive/smtp-receiver.ts';
import { EmailSettings, exampleSettings } from './settings.ts';

const open = (settings: EmailSettings, context: ConnectorContext): Channel => {
  const { inbound, address, aliases } = settings;
  const ours = [address, ...aliases];
  const { signingKey, log, now } = context;
  return {
    parse: ({ rawBody, receivedAt }) => parseAnyMail({ raw: rawBody, ours, signingKey, receivedAt }),
    fetches: inbound.mode === 'imap',
    listen: (signal) =>
      inbound.mode === 'imap'
        ? new ImapReceiver(inbound, context).run(signal)
        : receiveBySmtp({ ours, log, now, receive: (request) => context.receive(request) }, inbound, signal),
    openMedia: async (source, raw) => openPart(source, (await raw()).rawBody),
    deliver: (command) => sendMail(command, settings, context),
    check: () => checkEmail(settings, context),
  };
};

export const email: Connector<EmailSettings> = {
  id: 'email',
  channel: 'email',
  title: 'E-mail',
  description: 'A support address: mail comes in by your mail server or an IMAP mailbox, and answers go out by SMTP.',
  settings: EmailSettings,
  exampleSettings,
  capabilities: emailCapabilities,
  guide: emailGuide,
  open,
};
