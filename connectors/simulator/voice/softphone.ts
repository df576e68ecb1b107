import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { equalSecrets } from '../../kit/equal-secrets.ts';
import type { Exchange, ExchangeAccount } from './exchange.ts';
import type { Leg } from './leg.ts';

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly grants: {
    readonly identity: string;
    readonly voice?: { readonly outgoing?: { readonly application_sid: string } };
  };
}

/** Whose token it is, or null. https://www.twilio.com/docs/iam/access-tokens: a JWT signed with the API key's secret. */
const identityOf = (token: string, account: ExchangeAccount): string | null => {
  const [head = '', body = '', signature = ''] = token.split('.');
  const right = createHmac('sha256', account.apiKeySecret).update(`${head}.${body}`).digest('base64url');
  if (!equalSecrets(right, signature)) return null;
  const { iss, sub, exp, grants } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const ours = iss === account.apiKeySid && sub === account.accountSid;
  const mayCall = grants.voice?.outgoing?.application_sid === account.twimlAppSid;
  return ours && mayCall && exp * 1000 > Date.now() ? grants.identity : null;
};

interface Ask {
  readonly token: string;
  readonly ticketId?: string;
  readonly role?: string;
  readonly do?: 'hang-up' | 'digits' | 'mute' | 'unmute';
  readonly keys?: string;
}

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
const answer = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(body));

/** What is heard, and the end, as server-sent events. Who closes the page has hung up. */
const stream = (exchange: Exchange, leg: Leg, response: ServerResponse): void => {
  response.writeHead(200, { ...cors, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const send = (event: object) => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  send({ type: 'sound', sound: leg.ear });
  leg.onSound((sound) => send(typeof sound === 'string' ? { type: 'sound', sound } : { type: 'words', ...sound }));
  const end = (status: string) => {
    send({ type: 'ended', reason: status === 'failed' ? 'The call broke off' : null });
    response.end();
  };
  if (leg.isOver) return end(leg.status);
  leg.onEnd(end);
  response.on('close', () => void exchange.hangUp(leg));
};

/**
 * The agents' browsers, in place of Twilio's own protocol: `POST /softphone/calls` dials, `GET …/<id>/events` listens,
 * `POST …/<id>` acts. All of it with the token that the hub gave.
 */
export const answerSoftphone = async (
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method === 'OPTIONS')
    return void response.writeHead(204, { ...cors, 'access-control-allow-methods': 'POST' }).end();
  const url = new URL(request.url ?? '', 'http://localhost');
  const [, sid, events] = /^\/softphone\/calls(?:\/(CA\w+)(\/events)?)?$/.exec(url.pathname) ?? [];
  const ask: Ask =
    request.method === 'POST' ? ((await json(request)) as Ask) : { token: url.searchParams.get('token') ?? '' };
  const identity = identityOf(ask.token, exchange.account);
  if (identity === null) return answer(response, 401, { message: 'The token is not valid' });
  const from = `client:${identity}`;
  if (sid === undefined) {
    const { ticketId = '', role = 'agent' } = ask;
    const leg = exchange.dialIn(from, { ApplicationSid: exchange.account.twimlAppSid, ticketId, role }, 'agent');
    return answer(response, 201, { id: leg.sid });
  }
  const leg = exchange.legs.get(sid);
  if (leg?.from !== from) return answer(response, 404, { message: 'There is no such call' });
  if (events) return stream(exchange, leg, response);
  if (ask.do === 'hang-up') await exchange.hangUp(leg);
  if (ask.do === 'mute' || ask.do === 'unmute') leg.muted = ask.do === 'mute';
  if (ask.do === 'digits') for (const key of ask.keys ?? '') leg.give({ key });
  answer(response, 200, {});
};
