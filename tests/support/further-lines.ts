import { createHmac } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { answering } from '../../connectors/simulator/answering.ts';
import type { Happenings } from '../../connectors/simulator/happenings.ts';
import { Inbox, type Line } from '../../connectors/simulator/line.ts';
import { tell, type Provider } from '../../connectors/simulator/provider.ts';
import type { Random } from '../../connectors/simulator/random.ts';
import { shop } from '../../connectors/simulator/shop.ts';
import { startFakeTwilio } from '../../connectors/simulator/sms/fake-twilio.ts';
import { twilioSignature } from '../../connectors/simulator/sms/signature.ts';

/** What becomes of the words of one person at a provider that has no more to it. */
const lineOf = (inboxes: Map<string, Inbox>, id: string, say: (text: string) => Promise<unknown>): Line => {
  const inbox = new Inbox();
  inboxes.set(id, inbox);
  return {
    say: async (text) => void (await say(text)),
    typing: () => undefined,
    reply: (signal) => inbox.next(signal),
    leave: () => void inboxes.delete(id),
  };
};

/** WhatsApp by Twilio. */
export const openTwilioWhatsApp = async (random: Random, happenings: Happenings): Promise<Provider> => {
  const inboxes = new Map<string, Inbox>();
  const server = await startFakeTwilio(shop.provider, {
    taken: (_sid, form) => inboxes.get(String(form['To']))?.put(String(form['Body'])),
  });
  let url = '';
  return {
    settings: { ...shop.provider, from: shop.number, apiBaseUrl: server.url },
    reach: (webhookUrl) => void (url = webhookUrl),
    line: ({ name, phone }) =>
      lineOf(inboxes, `whatsapp:${phone}`, async (text) => {
        const address = { From: `whatsapp:${phone}`, To: `whatsapp:${shop.number}`, ProfileName: name };
        const said = { MessageSid: `SM${random.hex(32)}`, Body: text, NumMedia: '0', MessageType: 'text' };
        const form = new URLSearchParams({ AccountSid: shop.provider.accountSid, ...said, ...address });
        const signature = twilioSignature(shop.provider.authToken, url, form);
        const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
        await tell(url, form.toString(), headers, happenings);
      }),
    close: server.close,
  };
};

const secret = 'the gateway’s signing secret';
/** A gateway for SMS that is described by settings alone. */
export const openGateway = async (random: Random, happenings: Happenings): Promise<Provider> => {
  const inboxes = new Map<string, Inbox>();
  const server = await answering(
    async (request) => {
      const { to, words } = (await json(request)) as { to: string; words: string };
      inboxes.get(to)?.put(words);
      return { body: { ref: random.hex(16) } };
    },
    (what) => {
      throw new Error(what);
    },
  );
  let url = '';
  return {
    settings: {
      from: shop.number,
      send: { url: `${server.url}/send`, body: '{"to": "{toDigits}", "words": "{text}"}', idPath: 'ref' },
      receive: { from: 'sender', text: 'words', id: 'ref' },
      proof: { by: 'hmac', header: 'X-Gateway-Signature', secret },
    },
    reach: (webhookUrl) => void (url = webhookUrl),
    line: ({ phone }) => {
      const sender = phone.slice(1);
      return lineOf(inboxes, sender, async (words) => {
        const body = JSON.stringify({ ref: random.hex(16), sender, words });
        const headers = { 'x-gateway-signature': createHmac('sha256', secret).update(body).digest('hex') };
        await tell(url, body, headers, happenings);
      });
    },
    close: server.close,
  };
};
