import { createHash } from 'node:crypto';
import { ConnectorError } from '@switchboard/contract';
import type { ContentPart, NormalisedEvent, Party, VerifiedRequest } from '@switchboard/contract';
import { toE164 } from '../kit/phone.ts';
import { consentIn } from '../kit/sms-keywords.ts';
import { at, bodyOf, itemsOf, wordsAt } from './fields.ts';
import type { HttpSmsSettings } from './settings.ts';
import { reportHook } from './verify.ts';

const needed = (item: unknown, path: string, what: string): string => {
  const value = wordsAt(item, path);
  if (value === undefined) throw new ConnectorError('rejected', `There is no ${what} at ${path}`);
  return value;
};

/** Gateways leave the plus out. A sender's name or a short code is no phone number. */
const addressOf = (written: string): string => toE164(/^\d{8,15}$/.test(written) ? `+${written}` : written) ?? written;
const partyOf = (address: string): Party => ({
  externalId: address.slice(0, 512),
  handles: address.startsWith('+') ? [{ type: 'phone', value: address }] : [],
});

const mediaOf = (item: unknown, path: string): ContentPart[] => {
  const found = at(item, path);
  const sources = (Array.isArray(found) ? found : [found]).filter((one): one is string => typeof one === 'string');
  return sources
    .filter((source) => URL.canParse(source) && source.length <= 4096)
    .slice(0, 20)
    .map((source) => ({ type: 'media', media: { source } }));
};

/** The same request again is the same message, where nothing else says so. */
const digestOf = (item: unknown): string => createHash('sha256').update(JSON.stringify(item)).digest('hex');

const message = (item: unknown, { receive }: HttpSmsSettings, receivedAt: Date): NormalisedEvent[] => {
  const address = addressOf(needed(item, receive.from, 'sender'));
  const text = wordsAt(item, receive.text);
  const id = (wordsAt(item, receive.id) ?? digestOf(item)).slice(0, 500);
  const parts: ContentPart[] = [
    ...(text === undefined ? [] : [{ type: 'text' as const, text: text.slice(0, 200_000) }]),
    ...mediaOf(item, receive.media),
  ];
  const common = {
    thread: { externalId: address.slice(0, 512), shape: 'direct' as const },
    // Gateways write times in every way, most without a zone.
    occurredAt: receivedAt.toISOString(),
    sender: partyOf(address),
  };
  const consent = consentIn(text ?? '');
  const said = parts.length > 0 ? parts : [{ type: 'text' as const, text: '(empty message)' }];
  return [
    { kind: 'message.received', dedupeKey: id, ...common, message: { externalId: id, parts: said } },
    ...(consent ? [{ kind: 'consent.changed' as const, dedupeKey: `${id}:consent`, ...common, ...consent }] : []),
  ];
};

const report = (item: unknown, { report: paths }: HttpSmsSettings, receivedAt: Date): NormalisedEvent => {
  const id = needed(item, paths.id, 'message id').slice(0, 500);
  const status = needed(item, paths.status, 'status').slice(0, 100);
  const state = Object.hasOwn(paths.states, status) ? paths.states[status] : undefined;
  if (state === undefined)
    throw new ConnectorError('rejected', `The settings do not say what the status "${status}" means`);
  const why = wordsAt(item, paths.reason)?.slice(0, 1000);
  return {
    kind: 'delivery.changed',
    dedupeKey: `${id}:${status}`,
    thread: { externalId: `message:${id}`, shape: 'direct' },
    occurredAt: receivedAt.toISOString(),
    messageExternalId: id,
    state,
    ...(state === 'failed' ? { reason: why ? `The gateway says: ${why}` : `The gateway says: ${status}` } : {}),
  };
};

export const parseGateway = (request: VerifiedRequest, settings: HttpSmsSettings): NormalisedEvent[] => {
  const body = bodyOf(request);
  const { receivedAt } = request;
  if (request.hook !== reportHook)
    return itemsOf(body, settings.receive.listPath).flatMap((item) => message(item, settings, receivedAt));
  if (settings.report.id === '') return [];
  return itemsOf(body, settings.report.listPath).map((item) => report(item, settings, receivedAt));
};
