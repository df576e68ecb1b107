import { ConnectorError } from '@switchboard/contract';
import { regionOf, toE164 } from './phone.ts';

/** National spellings are those of our own number's country. Short codes stay as they are. */
export const smsAddressee = (recipient: string, ours: string | undefined): string => {
  if (/^\d{3,6}$/.test(recipient)) return recipient;
  const phone = toE164(recipient, ours?.startsWith('+') ? regionOf(ours) : undefined);
  if (!phone) throw new ConnectorError('rejected', `${recipient} is not a phone number`);
  return phone;
};
