import type { NormalisedEvent } from '@switchboard/contract';
import { partyOf, reportEnvelope } from '../envelope.ts';
import { addressesIn } from '../mailboxes.ts';
import type { Reading } from '../mail.ts';
import { fieldGroups } from './fields.ts';
import { returnedMail } from './returned.ts';

const complainantFields = ['original-rcpt-to', 'removal-recipient', 'x-hmxmroriginalrecipient', 'x-original-to', 'to'];

/** Somebody pressed "this is spam" (RFC 5965): each recipient named does not want our mail any more. */
export const complaintEvents = (reading: Reading): NormalisedEvent[] => {
  const { mail } = reading;
  const returned = returnedMail(mail);
  const report = mail.files
    .filter((file) => /feedback-report$/.test(file.mimeType))
    .flatMap((file) => fieldGroups(file.text ?? ''));
  const sources = [...report, returned.fields];
  const named = complainantFields.flatMap((name) =>
    addressesIn(sources.map((fields) => fields.get(name) ?? '').join(' ')),
  );
  const inJson = /complainedRecipients\W+emailAddress\W+([^"\\]+)/.exec(mail.text)?.[1]?.toLowerCase();
  const complainant = named[0] ?? inJson ?? 'unknown';
  return [
    {
      kind: 'consent.changed',
      ...reportEnvelope(reading, returned.messageId, ' complaint'),
      sender:
        complainant === 'unknown'
          ? { externalId: `unknown:${mail.messageId}`.slice(0, 512), handles: [] }
          : partyOf({ address: complainant }),
      consent: 'withdrawn',
      reason: 'complaint',
    },
  ];
};
