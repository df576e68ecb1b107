import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { answering, type FakeAnswer, type Reaction } from '../answering.ts';
import type { SentFile } from '../files.ts';

/** MediaUrl is a list, everything else is one value. */
export type MessageForm = Record<string, string | string[]>;

export interface FakeTwilio {
  readonly url: string;
  /** The forms of the newest messages that it took, in order. */
  readonly messages: MessageForm[];
  /** What a request got wrong. Empty is good. */
  readonly problems: string[];
  /** Answers the next message so, or breaks the connection. */
  next(answer: FakeAnswer | 'hang-up'): void;
  /** Holds the picture of an MMS; gives its address. */
  host(sid: string, file: SentFile): string;
  close(): Promise<void>;
}

export interface FakeTwilioOptions {
  /** What is wrong with a form, by somebody who knows Twilio's description of its API. */
  readonly check?: (form: MessageForm) => string[];
  /** Refuses a message, or lets it pass. */
  readonly refuse?: (form: MessageForm) => FakeAnswer | undefined;
  readonly taken?: (sid: string, form: MessageForm) => void;
  /** What it says of a message that it has taken, and when; undefined is the truth. */
  readonly answer?: (form: MessageForm) => Promise<FakeAnswer | 'hang-up' | undefined>;
  /** Where its numbers send what comes in; of the account whose number is asked for. */
  readonly smsUrl?: () => string;
  /** So that ids stay unique over several runs. */
  readonly firstNumber?: number;
}

const mostKept = 1000;

const readForm = (body: string): MessageForm => {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => [name, name === 'MediaUrl' ? form.getAll(name) : (form.get(name) ?? '')]),
  );
};

const answerMessage = (sid: string, accountSid: string, form: MessageForm): FakeAnswer => ({
  status: 201,
  body: {
    sid,
    account_sid: accountSid,
    to: form['To'],
    from: form['From'] ?? null,
    body: form['Body'] ?? '',
    status: 'queued',
    error_code: null,
    error_message: null,
  },
});

const numberOf = (url: string, smsUrl: string): object => ({
  sid: `PN${'0'.repeat(32)}`,
  phone_number: new URL(url, 'http://localhost').searchParams.get('PhoneNumber'),
  ...{ sms_url: smsUrl, sms_method: 'POST', sms_application_sid: '' },
  capabilities: { voice: false, sms: true, mms: true },
});

/** Twilio's REST API as far as we call it, on a port of its own. */
export const startFakeTwilio = async (
  account: { accountSid: string; authToken: string },
  {
    check = () => [],
    refuse = () => undefined,
    taken = () => undefined,
    answer = async () => undefined,
    smsUrl = () => '',
    firstNumber = 1,
  }: FakeTwilioOptions = {},
): Promise<FakeTwilio> => {
  const messages: MessageForm[] = [];
  const problems: string[] = [];
  const prepared: (FakeAnswer | 'hang-up')[] = [];
  const files = new Map<string, SentFile>();
  const base = `/2010-04-01/Accounts/${account.accountSid}`;
  const credentials = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  let number = firstNumber;

  const takeMessage = async (request: IncomingMessage, body: string): Promise<FakeAnswer | 'hang-up'> => {
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') problems.push('not sent as a form');
    const form = readForm(body);
    problems.push(...check(form));
    const refused = refuse(form);
    if (refused) return refused;
    messages.push(form);
    if (messages.length > mostKept) messages.shift();
    const sid = `SM${(number++).toString(16).padStart(32, '0')}`;
    taken(sid, form);
    return (await answer(form)) ?? answerMessage(sid, account.accountSid, form);
  };
  const handle = async (request: IncomingMessage): Promise<Reaction> => {
    const body = await text(request);
    if (request.headers.authorization !== credentials)
      return { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } };
    const what = `${request.method} ${request.url}`;
    if (what === `GET ${base}.json`)
      return { status: 200, body: { sid: account.accountSid, friendly_name: 'Fake', status: 'active', type: 'Full' } };
    if (what.startsWith(`GET ${base}/IncomingPhoneNumbers.json?`))
      return { status: 200, body: { incoming_phone_numbers: [numberOf(request.url ?? '', smsUrl())] } };
    if (what === `POST ${base}/Messages.json`) return prepared.shift() ?? takeMessage(request, body);
    const file = files.get(request.url ?? '');
    if (file) return file;
    problems.push(`no such operation: ${what}`);
    return { status: 404, body: { code: 20404, message: `The requested resource ${request.url} was not found` } };
  };

  const { url, close } = await answering(handle, (what) => problems.push(what));
  return {
    url,
    messages,
    problems,
    next: (answer) => void prepared.push(answer),
    host: (sid, file) => {
      const path = `${base}/Messages/${sid}/Media/ME${sid.slice(2)}`;
      files.set(path, file);
      return `${url}${path}`;
    },
    close,
  };
};
