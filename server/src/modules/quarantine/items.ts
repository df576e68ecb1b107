import { isUtf8 } from 'node:buffer';
import type { QuarantineDetail, QuarantineItem } from '@switchboard/contract';
import type { DeadLetter } from '../../platform/bus/index.ts';
import type { StoredRaw } from '../ingress/index.ts';

const LONGEST_SHOWN = 200_000;

export function rawItem(raw: StoredRaw, accountName: string | null): QuarantineItem {
  return {
    id: raw._id,
    stage: 'parse',
    connectorId: raw.connectorId,
    channelAccountId: raw.channelAccountId,
    accountName,
    reason: raw.reason ?? 'Unknown',
    attempts: raw.attempts,
    at: raw.receivedAt.toISOString(),
    bytes: raw.bytes,
    replayed: null,
  };
}

const stages: [RegExp, QuarantineItem['stage']][] = [
  [/^inbound\./, 'inbound'],
  [/^outbound\./, 'outbound'],
];

export function letterItem(letter: DeadLetter, accountName: string | null): QuarantineItem {
  const { id, message, reason, attempts, at } = letter;
  return {
    id,
    stage: stages.find(([pattern]) => pattern.test(message.topic))?.[1] ?? 'event',
    connectorId: originOf(letter).connectorId ?? null,
    channelAccountId: originOf(letter).channelAccountId ?? null,
    accountName,
    reason,
    attempts,
    at: at.toISOString(),
    bytes: letterBody(letter).length,
    replayed: null,
  };
}

export const originOf = ({ message }: DeadLetter): { connectorId?: string; channelAccountId?: string } =>
  (message.payload ?? {}) as { connectorId?: string; channelAccountId?: string };

/** As a person reads and mends it. */
export const letterBody = ({ message }: DeadLetter): Buffer =>
  Buffer.from(JSON.stringify(message.payload ?? null, null, 2));

/** Bytes that are no text are looked at as well as may be; mending them here would spoil them. */
export function shown(body: Buffer, mendable = true): Pick<QuarantineDetail, 'raw' | 'truncated' | 'editable'> {
  const text = body.toString('utf8');
  const truncated = text.length > LONGEST_SHOWN;
  return { raw: text.slice(0, LONGEST_SHOWN), truncated, editable: mendable && !truncated && isUtf8(body) };
}
