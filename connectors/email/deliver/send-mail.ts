import { ConnectorError, type ConnectorContext, type OutboundCommand, type Receipt } from '@switchboard/contract';
import type { EmailSettings } from '../settings.ts';
import { composeMail } from './compose.ts';
import { sendBySmtp } from './smtp-session.ts';

/** 'sent': our own SMTP server has taken it; what becomes of it there comes back as a report, if at all. */
export const sendMail = async (
  command: OutboundCommand,
  settings: EmailSettings,
  context: ConnectorContext,
): Promise<Receipt> => {
  if (command.kind !== 'message.send') throw new ConnectorError('unsupported', 'A mail that is sent cannot be changed');
  const { messageId, envelope, stream } = await composeMail(command, settings, context);
  const { rejected } = await sendBySmtp(settings.outbound, envelope, stream);
  if (rejected.includes(command.recipient.externalId))
    throw new ConnectorError(
      'rejected',
      `The SMTP server refuses ${command.recipient.externalId}; those in copy have the mail`,
    );
  if (rejected.length > 0)
    context.log.warn('smtp server refused some in copy', { commandId: command.commandId, refused: rejected.length });
  return { externalId: messageId, state: 'sent' };
};
