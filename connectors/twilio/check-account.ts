import type { Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
import type { TwilioClient } from './client.ts';

export const checkAccount = (client: TwilioClient, accountSid: string): Promise<Health> =>
  healthOf(async () => {
    const { status, friendlyName } = await (await client()).api.v2010.accounts(accountSid).fetch();
    if (status === 'active') return { ok: true, detail: `Twilio account “${friendlyName}”` };
    return { ok: false, code: 'unauthorised', message: `The Twilio account is ${status}` };
  });
