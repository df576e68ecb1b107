import type { NormalisedEvent } from '@switchboard/contract';
import { reportEnvelope } from '../envelope.ts';
import { idsIn } from '../message-ids.ts';
import type { Reading } from '../mail.ts';
import { fieldGroups } from './fields.ts';
import { returnedMail } from './returned.ts';

/** A program tells that our mail was displayed, or thrown away unseen (RFC 8098). */
export const receiptEvents = (reading: Reading): NormalisedEvent[] => {
  const { mail } = reading;
  const groups = mail.files
    .filter((file) => /disposition-notification$/.test(file.mimeType))
    .flatMap((file) => fieldGroups(file.text ?? ''));
  const field = (name: string) => groups.map((fields) => fields.get(name)).find(Boolean) ?? '';
  const about = idsIn(field('original-message-id'))[0] ?? returnedMail(mail).messageId;
  return [
    {
      kind: 'delivery.changed',
      ...reportEnvelope(reading, about, ' receipt'),
      ...(about && { messageExternalId: about }),
      state: /displayed/i.test(field('disposition')) ? 'read' : 'delivered',
    },
  ];
};
