import { Inject, Injectable } from '@nestjs/common';
import type { QuarantineDetail, QuarantineItem } from '@switchboard/contract';
import type { Bus, DeadLetter } from '../../platform/bus/index.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { BUS } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { Channels } from '../channels/index.ts';
import { RawStore, type StoredRaw } from '../ingress/index.ts';
import { letterBody, letterItem, originOf, rawItem, shown } from './items.ts';

const MOST_COUNTED = 100;
export type Waiting = { kind: 'raw'; raw: StoredRaw } | { kind: 'letter'; letter: DeadLetter };

/** What could not be processed, from both ends: raw requests that could not be read, messages that the bus gave up. */
@Injectable()
export class Quarantine {
  constructor(
    @Inject(RawStore) private readonly raws: RawStore,
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
    const waiting: Waiting[] = [
      ...raws.map((raw) => ({ kind: 'raw' as const, raw })),
      ...letters.map((letter) => ({ kind: 'letter' as const, letter })),
    ];
    const all = (await Promise.all(waiting.map((one) => this.item(one)))).toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const items = all.slice(0, ask.limit);
    return { items, next: all.length > ask.limit ? (items.at(-1)?.id ?? null) : null };
  }

  async count(): Promise<{ count: number }> {
    const counts = await Promise.all([
      this.raws.quarantinedCount(MOST_COUNTED),
      this.bus.countDeadLetters(MOST_COUNTED),
    ]);
    return { count: Math.min(counts[0] + counts[1], MOST_COUNTED) };
  }

  async read(id: string): Promise<QuarantineDetail> {
    const waiting = await this.waiting(id);
    const item = await this.item(waiting);
    if (waiting.kind === 'raw') return { ...item, ...shown(await this.raws.bodyOf(waiting.raw)) };
    // A letter without a topic is no message of ours: there is nothing that it could be mended to.
    return { ...item, ...shown(letterBody(waiting.letter), waiting.letter.message.topic !== '') };
  }

  /** All of it, for the tools that a person mends it with. */
  async raw(id: string): Promise<Buffer> {
    const waiting = await this.waiting(id);
    return waiting.kind === 'raw' ? this.raws.bodyOf(waiting.raw) : letterBody(waiting.letter);
  }

  async discard(caller: Caller, id: string): Promise<void> {
    const gone = (await this.raws.release(id)) || (await this.bus.discard(id));
    if (!gone) throw new HubError('not-found', 'It is not in quarantine any more');
    await this.audit.record({ caller, action: 'quarantine.discarded', subject: id });
  }

  async waiting(id: string): Promise<Waiting> {
    const raw = await this.raws.quarantinedOne(id);
    if (raw !== null) return { kind: 'raw', raw };
    const letter = await this.bus.deadLetter(id);
    if (letter === null) throw new HubError('not-found', 'It is not in quarantine any more');
    return { kind: 'letter', letter };
  }

  private async item(waiting: Waiting): Promise<QuarantineItem> {
    if (waiting.kind === 'raw') return rawItem(waiting.raw, await this.nameOf(waiting.raw.channelAccountId));
    return letterItem(waiting.letter, await this.nameOf(originOf(waiting.letter).channelAccountId));
  }

  private async nameOf(accountId: string | undefined): Promise<string | null> {
    return typeof accountId === 'string' ? this.channels.nameOf(accountId) : null;
  }
}
