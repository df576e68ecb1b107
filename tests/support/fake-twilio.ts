import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Ajv } from 'ajv';
import { createMessageForm } from './twilio-create-message.ts';

export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeTwilio {
  readonly url: string;
  /** The forms of all messages that it took, in order. */
  readonly messages: Record<string, string | string[]>[];
  /** What a request got wrong, by Twilio's description of its API. Empty is good. */
  readonly problems: string[];
  /** Answers the next message so, or breaks the connection. */
  next(answer: FakeAnswer | 'hang-up'): void;
  close(): Promise<void>;
}

/** `X-Twilio-Signature` as https://www.twilio.com/docs/usage/security describes it, computed without Twilio's package. */
export const twilioSignature = (authToken: string, url: string, form: URLSearchParams): string => {
  const names = [...new Set(form.keys())].sort();
  const data = names.map((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + data.flat().join(''))
    .digest('base64');
};

const validate = new Ajv({ allErrors: true, formats: { uri: (value: string) => URL.canParse(value) } }).compile(
  createMessageForm,
);

const readForm = (body: string): Record<string, string | string[]> => {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => [name, name === 'MediaUrl' ? form.getAll(name) : (form.get(name) ?? '')]),
  );
};

const answerMessage = (accountSid: string, number: number, form: Record<string, string | string[]>) => ({
  sid: `SM${number.toString(16).padStart(32, '0')}`,
  account_sid: accountSid,
  to: form['To'],
  from: form['From'] ?? null,
  body: form['Body'] ?? '',
  status: 'queued',
  error_code: null,
  error_message: null,
});

/** Twilio's REST API as far as we call it, on a port of its own. Each request is checked against the API's description. */
export const startFakeTwilio = async (account: { accountSid: string; authToken: string }): Promise<FakeTwilio> => {
  const messages: Record<string, string | string[]>[] = [];
  const problems: string[] = [];
  const prepared: (FakeAnswer | 'hang-up')[] = [];
  const base = `/2010-04-01/Accounts/${account.accountSid}`;
  const credentials = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;

  const takeMessage = (request: IncomingMessage, body: string): FakeAnswer => {
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') problems.push('not sent as a form');
    const form = readForm(body);
    if (!validate(form)) problems.push(...(validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`));
    messages.push(form);
    return { status: 201, body: answerMessage(account.accountSid, messages.length, form) };
  };
  const handle = async (request: IncomingMessage): Promise<FakeAnswer | 'hang-up'> => {
    const body = await text(request);
    if (request.headers.authorization !== credentials) {
      return { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } };
    }
    const what = `${request.method} ${request.url}`;
    if (what === `GET ${base}.json`) {
      return { status: 200, body: { sid: account.accountSid, friendly_name: 'Fake', status: 'active', type: 'Full' } };
    }
    if (what === `POST ${base}/Messages.json`) return prepared.shift() ?? takeMessage(request, body);
    problems.push(`no such operation: ${what}`);
    return { status: 404, body: { code: 20404, message: `The requested resource ${request.url} was not found` } };
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await handle(request);
    if (answer === 'hang-up') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  };

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    problems,
    next: (answer) => void prepared.push(answer),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
