import type { Handle, Party } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { OpenChannel } from '../../channels/index.ts';

/** Whom an account writes to first, as a person typed the address. */
export function recipientOf(
  { connector }: OpenChannel,
  { recipient, name }: { recipient: string; name?: string | undefined },
): Party {
  const { start } = connector.capabilities.conversation;
  if (start === null) throw new HubError('invalid', 'On this channel the customer writes first');
  const value = start.recipient === 'phone' ? recipient.replace(/[\s().-]/g, '') : recipient.trim().toLowerCase();
  const good = { phone: /^\+[1-9]\d{6,14}$/, email: /^\S+@\S+\.\S+$/, username: /^\S+$/ }[start.recipient].test(value);
  const hint = {
    phone: 'a phone number with its country code, such as +15551234567',
    email: 'an e-mail address',
    username: 'a user name',
  }[start.recipient];
  if (!good)
    throw new HubError('invalid', `The recipient must be ${hint}`, {
      fields: [{ path: 'recipient', message: `Must be ${hint}` }],
    });
  const handle: Handle = { type: start.recipient, value };
  return { externalId: value, handles: [handle], ...(name !== undefined && { displayName: name }) };
}
