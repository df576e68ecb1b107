import type { NormalisedEvent, RawRequest, Verification, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { fieldOf, parseForm } from '../kit/form.ts';
import { normaliseMessage, numberIn } from './normalise.ts';
import { verifySignature } from './signature.ts';
import { normaliseStatus } from './status.ts';

/** The webhook of inbound messages is the account's own address, that of status callbacks is below it. */
export const statusHook = 'status';

export const verifySms = (authToken: string, request: RawRequest): Verification =>
  request.hook === '' || request.hook === statusHook
    ? verifySignature(authToken, request)
    : {
        ok: false,
        status: 404,
        reason: `No hook "${request.hook}": messages come without one, states to "${statusHook}"`,
      };

export const parseSms = ({ hook, rawBody, receivedAt }: VerifiedRequest): NormalisedEvent[] => {
  const fields = parseForm(rawBody);
  // Inbound messages have only SmsStatus=received. Whoever gave both the same address is understood as well.
  const status = fieldOf(fields, 'MessageStatus') ?? fieldOf(fields, 'SmsStatus') ?? 'received';
  const isStatus = hook === statusHook || status !== 'received';
  if (!isStatus) return normaliseMessage(fields, receivedAt);
  const customer = numberIn(fieldOf(fields, 'To') ?? '', 'about a message to');
  return normaliseStatus({ ...fields, To: customer }, receivedAt);
};

/** TwiML that does nothing: answers come from agents, later. */
export const replyToSms = (): WebhookReply => ({
  status: 200,
  contentType: 'text/xml',
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
});
