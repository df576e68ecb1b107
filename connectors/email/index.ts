import { ConnectorError, type Channel, type Connector, type ConnectorContext } from '@switchboard/contract';
import { emailCapabilities } from './capabilities.ts';
import { openPart } from './parse/open-part.ts';
import { parseAnyMail } from './parse/parse-off-thread.ts';
import { EmailSettings, exampleSettings } from './settings.ts';

const open = (settings: EmailSettings, context: ConnectorContext): Channel => {
  const ours = [settings.address, ...settings.aliases];
  return {
    parse: ({ rawBody, headers, receivedAt }) =>
      parseAnyMail({
        raw: rawBody,
        ours,
        signingKey: context.signingKey,
        receivedAt,
        ...(headers['x-envelope-to'] && { envelopeTo: headers['x-envelope-to'] }),
      }),
    openMedia: async (source, raw) => openPart(source, (await raw()).rawBody),
    deliver: () => Promise.reject(new ConnectorError('unsupported', 'later')),
    check: async () => ({ ok: true }),
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
  open,
};
