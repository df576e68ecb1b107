import type { RawRequest } from '@switchboard/contract';
import { shop } from '../shop.ts';
import { twilioSignature } from './signature.ts';

export interface Texted {
  readonly sid: string;
  readonly from: string;
  readonly text: string;
  readonly picture?: { readonly url: string; readonly mimeType: string };
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
export const textForm = ({ sid, from, text, picture }: Texted): URLSearchParams =>
  new URLSearchParams({
    AccountSid: shop.provider.accountSid,
    MessageSid: sid,
    SmsStatus: 'received',
    From: from,
    To: shop.number,
    Body: text,
    NumSegments: String(Math.ceil(text.length / 153)),
    NumMedia: picture ? '1' : '0',
    ...(picture && { MediaUrl0: picture.url, MediaContentType0: picture.mimeType }),
  });

export const statusForm = (sid: string, to: string, status: string, errorCode?: string): URLSearchParams =>
  new URLSearchParams({
    AccountSid: shop.provider.accountSid,
    MessageSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    From: shop.number,
    To: to,
    ...(errorCode && { ErrorCode: errorCode }),
  });

/** As the provider posts it: signed over the URL that it was given. */
export const signedPost = (url: string, hook: string, form: URLSearchParams, at: Date): RawRequest => ({
  method: 'POST',
  url,
  hook,
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilioSignature(shop.provider.authToken, url, form),
  },
  rawBody: Buffer.from(form.toString()),
  receivedAt: at,
});
