import { Inject, Injectable } from '@nestjs/common';
import type { QuarantineItem, VerifiedRequest } from '@switchboard/contract';
import type { Bus, DeadLetter } from '../../platform/bus/index.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { BUS } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { Channels } from '../channels/index.ts';
import { AcceptRaw, RawStore, type StoredRaw } from '../ingress/index.ts';

const LONGEST_SHOWN = 200_000;
type Detail = QuarantineItem & { raw: string; truncated: boolean };

/** What could not be processed, from both ends: raw requests that could not be read, messages that the bus gave up. */
@Injectable()
export class Quarantine {
  constructor(
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** Newest first: both kinds have ids that sort by time. */
  async page(ask: {
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: QuarantineItem[]; next: string | null }> {
    const [raws, letters] = await Promise.all([
      this.raws.quarantined({ before: ask.cursor, limit: ask.limit + 1 }),
      this.bus.deadLetters({ ...(ask.cursor !== undefined && { before: ask.cursor }), limit: ask.limit + 1 }),
    ]);
    const all = [...(await Promise.all(raws.map((raw) => this.rawItem(raw)))), ...letters.map(letterItem)].toSorted(
      (a, b) => (a.id < b.id ? 1 : -1),
    );
    const items = all.slice(0, ask.limit);
    return { items, next: all.length > ask.limit ? (items.at(-1)?.id ?? null) : null };
  }

  async read(id: string): Promise<Detail> {
    const raw = await this.raws.quarantinedOne(id);
    if (raw !== null) {
      const body = (await this.raws.bodyOf(raw)).toString('utf8');
      return { ...(await this.rawItem(raw)), ...shown(body) };
    }
    const letter = await this.bus.deadLetter(id);
    if (letter === null) throw new HubError('not-found', 'It is not in quarantine any more');
    return { ...letterItem(letter), ...shown(JSON.stringify(letter.message.payload, null, 2)) };
  }

  async replay(caller: Caller, id: string): Promise<{ ok: boolean; message: string }> {
    await this.audit.record({ caller, action: 'quarantine.replayed', subject: id });
    const raw = await this.raws.quarantinedOne(id);
    if (raw === null) {
      if (await this.bus.replay(id)) return { ok: true, message: 'It is being processed again.' };
      throw new HubError('not-found', 'It is not in quarantine any more');
    }
    const open = await this.channels.open(raw.channelAccountId);
    if (open === null) return { ok: false, message: 'Its channel account is disabled or gone.' };
    if (!(await this.raws.release(id))) throw new HubError('conflict', 'Someone else is trying it right now');
    // It was verified when it came in: that is why it is here.
    const outcome = await this.accept.process(open, (await this.raws.load(id)) as VerifiedRequest, id);
    if (outcome === 'accepted') return { ok: true, message: 'It was read this time and is on its way.' };
    return { ok: false, message: 'It still can’t be read.' };
  }

  async discard(caller: Caller, id: string): Promise<void> {
    const gone = (await this.raws.release(id)) || (await this.bus.discard(id));
    if (!gone) throw new HubError('not-found', 'It is not in quarantine any more');
    await this.audit.record({ caller, action: 'quarantine.discarded', subject: id });
  }

  private async rawItem(raw: StoredRaw): Promise<QuarantineItem> {
    const open = await this.channels.open(raw.channelAccountId);
    return {
      id: raw._id,
      stage: 'parse',
      connectorId: raw.connectorId,
      channelAccountId: raw.channelAccountId,
      accountName: open?.account.name ?? null,
      reason: raw.reason ?? 'Unknown',
      attempts: raw.attempts,
      at: raw.receivedAt.toISOString(),
      bytes: raw.bytes,
    };
  }
}

const stages: [RegExp, QuarantineItem['stage']][] = [
  [/^inbound\./, 'inbound'],
  [/^outbound\./, 'outbound'],
];

function letterItem({ id, message, reason, attempts, at }: DeadLetter): QuarantineItem {
  const stage = stages.find(([pattern]) => pattern.test(message.topic))?.[1] ?? 'event';
  const payload = (message.payload ?? {}) as { connectorId?: string; channelAccountId?: string };
  return {
    id,
    stage,
    connectorId: payload.connectorId ?? null,
    channelAccountId: payload.channelAccountId ?? null,
    accountName: null,
    reason,
    attempts,
    at: at.toISOString(),
    bytes: Buffer.byteLength(JSON.stringify(message.payload ?? null)),
  };
}

const shown = (raw: string) => ({ raw: raw.slice(0, LONGEST_SHOWN), truncated: raw.length > LONGEST_SHOWN });
