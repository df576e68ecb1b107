import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, QuarantineDetail, QuarantineItem } from '@switchboard/contract';
import type { Bus, DeadLetter } from '../../platform/bus/index.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { BUS } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { Channels } from '../channels/index.ts';
import { RawStore, type StoredRaw } from '../ingress/index.ts';
import { letterBody, letterItem, originOf, rawItem, shown } from './items.ts';
import type { QuarantineTry } from './quarantine-try.schema.ts';
import { replayedItem, Tries } from './tries.ts';

const MOST_COUNTED = 100;
type Ask = Omit<Call<Api['quarantine.list']>['query'], 'state'>;
export type Waiting = { kind: 'raw'; raw: StoredRaw } | { kind: 'letter'; letter: DeadLetter };

/** What could not be processed, from both ends: raw requests that could not be read, messages that the bus gave up. */
@Injectable()
export class Quarantine {
  constructor(
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Tries) private readonly tries: Tries,
  ) {}

  /** Newest first: all kinds have ids that sort by time. */
  async page(ask: Call<Api['quarantine.list']>['query']): Promise<{ items: QuarantineItem[]; next: string | null }> {
    const more = { ...ask, limit: ask.limit + 1 };
    const found = ask.state === 'replayed' ? await this.tries.page(more) : await this.waitingItems(more);
    const all = found.toSorted((a, b) => (a.id < b.id ? 1 : -1));
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
    const gone = await this.tries.replayed(id);
    if (gone !== null) {
      const history = await this.tries.historyOf(gone.itemId);
      return { ...replayedItem(gone), ...shown(await this.bodyOf(gone), false), history };
    }
    const waiting = await this.waiting(id);
    const [item, history] = await Promise.all([this.item(waiting), this.tries.historyOf(id)]);
    if (waiting.kind === 'raw') return { ...item, ...shown(await this.raws.bodyOf(waiting.raw)), history };
    // A letter without a topic is no message of ours: there is nothing that it could be mended to.
    return { ...item, ...shown(letterBody(waiting.letter), waiting.letter.message.topic !== ''), history };
  }

  /** All of it, for the tools that a person mends it with. */
  async raw(id: string): Promise<Buffer> {
    const gone = await this.tries.replayed(id);
    if (gone !== null) return this.bodyOf(gone);
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

  async item(waiting: Waiting): Promise<QuarantineItem> {
    if (waiting.kind === 'raw') return rawItem(waiting.raw, await this.nameOf(waiting.raw.channelAccountId));
    return letterItem(waiting.letter, await this.nameOf(originOf(waiting.letter).channelAccountId));
  }

  private async waitingItems({
    kind,
    channelAccountId,
    reason,
    cursor: before,
    limit,
  }: Ask): Promise<QuarantineItem[]> {
    const [raws, letters] = await Promise.all([
      kind === 'letter' ? [] : this.raws.quarantined({ before, limit, channelAccountId, reason }),
      kind === 'request'
        ? []
        : // What belongs to one account has a key that begins with it.
          this.bus.deadLetters({ before, limit, reason, key: channelAccountId && `${channelAccountId}:` }),
    ]);
    const waiting: Waiting[] = [
      ...raws.map((raw) => ({ kind: 'raw' as const, raw })),
      ...letters.map((letter) => ({ kind: 'letter' as const, letter })),
    ];
    return Promise.all(waiting.map((one) => this.item(one)));
  }

  private async bodyOf({ body, itemId }: QuarantineTry): Promise<Buffer> {
    return body === null ? (await this.raws.load(itemId)).rawBody : Buffer.from(body);
  }

  private async nameOf(accountId: string | undefined): Promise<string | null> {
    return typeof accountId === 'string' ? this.channels.nameOf(accountId) : null;
  }
}
