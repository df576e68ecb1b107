import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RawRequest, VerifiedRequest } from '@switchboard/contract';
import type { Bus, DeadLetter } from '../../platform/bus/index.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { BUS, NEW_ID } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { Channels, type OpenChannel } from '../channels/index.ts';
import { AcceptRaw, RawStore, type StoredRaw } from '../ingress/index.ts';
import { letterBody } from './items.ts';
import { mendedPayload } from './mended-payload.ts';
import { Quarantine, type Waiting } from './quarantine.ts';
import { Tries } from './tries.ts';

type Outcome = { ok: boolean; message: string };

/**
 * Tries again what waits in quarantine, as it came or as a person has mended it. It leaves quarantine only when it is on its
 * way: killed in between it is tried twice rather than never, and what it says is stored once all the same.
 */
@Injectable()
export class ReplayItem {
  constructor(
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(Tries) private readonly tries: Tries,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, id: string, mended: string | undefined): Promise<Outcome> {
    const waiting = await this.quarantine.waiting(id);
    const came = waiting.kind === 'raw' ? await this.raws.bodyOf(waiting.raw) : letterBody(waiting.letter);
    const text = mended === undefined || Buffer.from(mended).equals(came) ? undefined : mended;
    const begun = await this.tries.begin(caller, {
      kind: waiting.kind === 'raw' ? 'request' : 'letter',
      item: await this.quarantine.item(waiting),
      mended: text !== undefined,
      body: waiting.kind === 'raw' ? null : (text ?? came.toString()),
    });
    const outcome = await this.tried(waiting, text).catch(async (error: unknown) => {
      await this.tries.end(begun, { ok: false, message: (error as Error).message });
      throw error;
    });
    await this.tries.end(begun, outcome);
    const detail = { ok: outcome.ok, ...(text !== undefined && { from: hash(came), to: hash(text) }) };
    const action = text === undefined ? 'quarantine.replayed' : 'quarantine.mended';
    await this.audit.record({ caller, action, subject: id, detail });
    return outcome;
  }

  private tried(waiting: Waiting, text: string | undefined): Promise<Outcome> {
    return waiting.kind === 'raw' ? this.request(waiting.raw, text) : this.letter(waiting.letter, text);
  }

  private async letter({ id, message }: DeadLetter, text: string | undefined): Promise<Outcome> {
    const mended = text === undefined ? undefined : { payload: mendedPayload(message.topic, text) };
    if (!(await this.bus.replay(id, mended))) throw new HubError('not-found', 'It is not in quarantine any more');
    return { ok: true, message: 'It is being processed again.' };
  }

  private async request(raw: StoredRaw, text: string | undefined): Promise<Outcome> {
    const open = await this.channels.open(raw.channelAccountId);
    if (open === null) return { ok: false, message: 'Its channel account is disabled or gone.' };
    const request = await this.raws.load(raw._id);
    const outcome =
      text === undefined
        ? await this.accept
            .process(open, request as VerifiedRequest, raw._id)
            .then((done) => this.withReason(done, raw._id))
        : await this.mended(open, { ...request, rawBody: Buffer.from(text) }, raw);
    if (outcome.done === 'accepted') {
      await this.raws.release(raw._id);
      return { ok: true, message: 'It was read this time and is on its way.' };
    }
    await this.raws.countTry(raw._id);
    return { ok: false, message: `It still can’t be read${outcome.reason === null ? '.' : `: ${outcome.reason}`}` };
  }

  private async withReason(done: 'accepted' | 'quarantined', id: string) {
    return { done, reason: done === 'accepted' ? null : ((await this.raws.quarantinedOne(id))?.reason ?? null) };
  }

  /** It was verified when it came in: that is why it is here. What was made of it is kept beside it. */
  private async mended(open: OpenChannel, request: RawRequest, from: StoredRaw) {
    const { _id: id, connectorId } = open.account;
    const rawRef = this.newId();
    await this.raws.keep(rawRef, { id, connectorId }, request, { from: from._id, attempts: from.attempts + 1 });
    const done = await this.accept.process(open, request as VerifiedRequest, rawRef);
    return { done, reason: done === 'accepted' ? null : await this.raws.withdraw(rawRef) };
  }
}

const hash = (body: Buffer | string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);
