import type { NormalisedEvent } from '@switchboard/contract';
import { reportEnvelope } from '../envelope.ts';
import type { Reading } from '../mail.ts';
import type { BounceState } from './bounced-recipient.ts';
import { readBounce } from './report.ts';

/** A delayed mail has not failed: its server still has it and says why it cannot pass it on. */
const deliveryStates = { failed: 'failed', delayed: 'accepted', delivered: 'delivered' } as const satisfies Record<
  BounceState,
  string
>;

/** One `delivery.changed` for each recipient that the report speaks of. */
export const bounceEvents = (reading: Reading): NormalisedEvent[] => {
  const { recipients, returned } = readBounce(reading.mail);
  return recipients.map(({ recipient, state, status, reason, hard }) => ({
    kind: 'delivery.changed',
    ...reportEnvelope(reading, returned.messageId, ` ${recipient}`),
    ...(returned.messageId && { messageExternalId: returned.messageId }),
    state: deliveryStates[state],
    ...(reason && { reason: state === 'delayed' ? `Delayed: ${reason}`.slice(0, 4000) : reason }),
    ...(state !== 'delivered' && { bounce: { recipient, ...(status && { dsn: status }), hard } }),
  }));
};
