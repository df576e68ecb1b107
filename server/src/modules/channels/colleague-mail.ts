import type { ContentPart, OutboundCommandOf } from '@switchboard/contract';
import type { OpenChannel } from './channels.ts';

interface ColleagueMail {
  /** The same id is the same mail to whoever keeps them. */
  readonly id: string;
  readonly to: { readonly email: string; readonly name: string };
  readonly subject: string;
  readonly parts: ContentPart[];
  /** What in the hub writes it. */
  readonly by: string;
}

/** A mail of the hub's own to somebody who works here: of no ticket, and nobody answers it. */
export const colleagueMail = (
  { account }: OpenChannel,
  { id, to, subject, parts, by }: ColleagueMail,
): OutboundCommandOf<'message.send'> => ({
  specVersion: 1,
  kind: 'message.send',
  ...{ commandId: id, messageId: id, ticketId: id, channelAccountId: account._id },
  thread: { externalId: id, subject },
  recipient: { externalId: to.email, displayName: to.name },
  requestedBy: { type: 'rule', id: by, displayName: 'Switchboard' },
  parts,
});
