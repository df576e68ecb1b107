import { text as readText } from 'node:stream/consumers';
import { ConnectorError, smsSegments } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, Receipt } from '@switchboard/contract';
import { asConnectorError, codeOfStatus, retryAfterMs } from '../kit/provider-error.ts';
import type { SafeFetch, SafeResponse } from '../kit/safe-fetch.ts';
import { smsAddressee } from '../kit/sms-addressee.ts';
import { wordsAt } from './fields.ts';
import type { HttpSmsSettings } from './settings.ts';
import { escapes, fill } from './template.ts';
import type { Values } from './template.ts';
import { reportHook } from './verify.ts';

const longest = 1600;
const unsupported = (what: string): ConnectorError => new ConnectorError('unsupported', `SMS cannot carry ${what}`);

const wordsOf = (parts: readonly ContentPart[]): string => {
  const other = parts.find(({ type }) => type !== 'text');
  if (other) throw unsupported(other.type);
  const words = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  if (words.length > longest) throw new ConnectorError('rejected', `An SMS may have at most ${longest} characters`);
  return words;
};

const basicOf = ({ apiKey, apiSecret = '' }: HttpSmsSettings) =>
  Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');

/** All that a request may name. What only a message has is empty where there is none. */
export const valuesOf = (settings: HttpSmsSettings, webhookUrl: string, message: Partial<Values> = {}): Values => ({
  ...{ to: '', toDigits: '', text: '', encoding: 'text', id: '' },
  ...{ from: settings.from, apiKey: settings.apiKey, apiSecret: settings.apiSecret ?? '', basic: basicOf(settings) },
  statusUrl: statusUrlOf(settings, webhookUrl),
  ...message,
});

/** With the secret in it where that is how the gateway proves itself. */
const statusUrlOf = ({ proof }: HttpSmsSettings, webhookUrl: string): string => {
  const url = new URL(`${webhookUrl}/${reportHook}`);
  if (proof.by === 'query') url.searchParams.set(proof.name, proof.secret);
  if (proof.by === 'basic') Object.assign(url, { username: proof.user, password: proof.password });
  return url.href;
};

export const headersOf = ({ headers }: HttpSmsSettings['send'], values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), fill(value, values, escapes.header)]),
  );

const types = { json: 'application/json', form: 'application/x-www-form-urlencoded' };

const ask = async (fetch: SafeFetch, { send }: HttpSmsSettings, values: Values): Promise<SafeResponse> => {
  const body = send.method === 'GET' ? {} : { body: fill(send.body, values, escapes[send.format]) };
  const type: Record<string, string> = send.method === 'GET' ? {} : { 'content-type': types[send.format] };
  const headers = { ...type, ...headersOf(send, values) };
  try {
    return await fetch(fill(send.url, values, escapes.url), { method: send.method, headers, ...body });
  } catch (error) {
    throw asConnectorError(error, 'Gateway', 'write');
  }
};

const asJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    // Many answer in plain words; then only the status says anything.
    return undefined;
  }
};

const receiptOf = (body: string, { send }: HttpSmsSettings, ownId: string): Receipt => {
  const answer = asJson(body);
  const verdict = wordsAt(answer, send.okPath);
  const why = wordsAt(answer, send.errorPath);
  const words = why ? `The gateway says: ${why}` : 'The gateway refused it';
  if (verdict !== undefined && send.busyValues.includes(verdict)) throw new ConnectorError('rate-limited', words);
  if (send.okPath !== '' && verdict === undefined)
    throw new ConnectorError('unknown', 'The gateway’s answer does not say whether it worked');
  if (verdict !== undefined && send.okValues.length > 0 && !send.okValues.includes(verdict))
    throw new ConnectorError('rejected', `${words} (${verdict.slice(0, 100)})`);
  if (send.idPath === '') return { externalId: ownId, state: 'accepted' };
  const id = wordsAt(answer, send.idPath);
  if (id === undefined) throw new ConnectorError('unknown', 'The gateway’s answer has no message id');
  return { externalId: id, state: 'accepted' };
};

/** A gateway takes no idempotency key that we know of: where the outcome is unknown, nobody repeats it. */
export const deliverByGateway = async (
  command: OutboundCommand,
  { settings, fetch, context }: {
    settings: HttpSmsSettings;
    fetch: SafeFetch;
    context: Pick<ConnectorContext, 'webhookUrl' | 'now'>;
  }, // prettier-ignore
): Promise<Receipt> => {
  if (command.kind !== 'message.send') throw unsupported(command.kind);
  const text = wordsOf(command.parts);
  const to = smsAddressee(command.recipient.externalId, settings.from);
  const encoding = smsSegments(text).encoding === 'GSM-7' ? 'text' : 'unicode';
  const message = { to, toDigits: to.replace('+', ''), text, encoding, id: command.commandId };
  const response = await ask(fetch, settings, valuesOf(settings, context.webhookUrl, message));
  const body = await readText(response.body).catch((error: unknown) => {
    throw asConnectorError(error, 'Gateway', 'write');
  });
  if (response.status < 300) return receiptOf(body, settings, command.commandId);
  const why = wordsAt(asJson(body), settings.send.errorPath);
  const wait = retryAfterMs(response.headers.get('retry-after'), context.now());
  throw new ConnectorError(
    codeOfStatus(response.status, 'write'),
    why ? `The gateway says: ${why} (${response.status})` : `The gateway answered with status ${response.status}`,
    wait === undefined ? {} : { retryAfterMs: wait },
  );
};
