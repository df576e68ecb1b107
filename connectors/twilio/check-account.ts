import { ConnectorError } from '@switchboard/contract';
import type { Health } from '@switchboard/contract';
import type { TwilioClient } from './client.ts';

export const checkAccount = async (client: TwilioClient, accountSid: string): Promise<Health> => {
  try {
    const { status, friendlyName } = await (await client()).api.v2010.accounts(accountSid).fetch();
    if (status === 'active') return { ok: true, detail: `Twilio account “${friendlyName}”` };
    return { ok: false, code: 'unauthorised', message: `The Twilio account is ${status}` };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
};
