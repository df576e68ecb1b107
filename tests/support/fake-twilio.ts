import { Ajv } from 'ajv';
import { startFakeTwilio as start, type FakeTwilio } from '../../connectors/simulator/sms/fake-twilio.ts';
import { createMessageForm } from './twilio-create-message.ts';

export type { FakeAnswer } from '../../connectors/simulator/answering.ts';
export type { FakeTwilio } from '../../connectors/simulator/sms/fake-twilio.ts';
export { twilioSignature } from '../../connectors/simulator/sms/signature.ts';

const validate = new Ajv({ allErrors: true, formats: { uri: (value: string) => URL.canParse(value) } }).compile(
  createMessageForm,
);

/** The simulator's provider; here each request is checked against the API's description. */
export const startFakeTwilio = (account: { accountSid: string; authToken: string }): Promise<FakeTwilio> =>
  start(account, {
    check: (form) => (validate(form) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`)),
  });
