import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening } from '../listening.ts';
import { Exchange, type ExchangeAccount, type ExchangeOptions } from './exchange.ts';
import { toneOf } from './recordings.ts';
import { operations, type RestAnswer } from './rest.ts';
import { answerSoftphone } from './softphone.ts';

export interface FakeTwilioVoice {
  readonly url: string;
  readonly exchange: Exchange;
  /** The settings of a channel account that goes over it. */
  readonly settings: Record<string, unknown>;
  close(): Promise<void>;
}

/** Twilio's voice as far as we use it, with agents' browsers and customers' phones, on a port of its own. */
export const startFakeTwilioVoice = async (
  account: ExchangeAccount,
  options: ExchangeOptions,
): Promise<FakeTwilioVoice> => {
  let url = '';
  const exchange = new Exchange(account, () => url, options);
  const base = `/2010-04-01/Accounts/${account.accountSid}`;
  const credentials = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;

  const operate = async (request: IncomingMessage, path: string, query: URLSearchParams): Promise<RestAnswer> => {
    const { method = 'GET' } = request;
    const form = method === 'GET' ? query : new URLSearchParams(await text(request));
    for (const [wanted, pattern, takes, handle] of operations) {
      const ids = method === wanted ? pattern.exec(path) : null;
      if (!ids) continue;
      for (const name of new Set(form.keys()))
        if (!takes.includes(name)) options.problem(`${method} ${path} takes no ${name}`);
      return handle(exchange, { ids: ids.slice(1), form });
    }
    options.problem(`no such operation: ${method} ${path}`);
    return { status: 404, body: { code: 20404, message: `The requested resource ${path} was not found`, status: 404 } };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname.startsWith('/softphone/')) return answerSoftphone(exchange, request, response);
    if (request.headers.authorization !== credentials || !pathname.startsWith(base))
      return void response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"code":20003,"message":"Authenticate","status":401}');
    const path = pathname.slice(base.length);
    const file = /^\/Recordings\/(RE\w+)\.mp3$/.exec(path);
    const recording = file && exchange.recordings.find(({ sid }) => sid === file[1]);
    if (recording) return void response.writeHead(200, { 'content-type': 'audio/wav' }).end(toneOf(recording.seconds));
    const { status, body } = await operate(request, path, searchParams);
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body === undefined ? '' : JSON.stringify(body));
  };

  const server = await listening((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.problem(`${request.method} ${request.url}: ${(error as Error).message}`);
      response.destroy();
    });
  });
  url = server.url;
  return {
    url,
    exchange,
    settings: { ...account, apiBaseUrl: url, softphoneUrl: url },
    close: async () => {
      await exchange.close();
      await server.close();
    },
  };
};
