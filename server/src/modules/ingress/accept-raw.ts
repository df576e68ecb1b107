import { Inject, Injectable } from '@nestjs/common';
import { InboundEvent, type NormalisedEvent, type RawRequest, type VerifiedRequest } from '@switchboard/contract';
import type { Bus, BusMessage } from '../../platform/bus/index.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { traceparent } from '../../platform/log/trace.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, CLOCK, LOG, NEW_ID, STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { AccountTraffic, type OpenChannel } from '../channels/index.ts';
import { enriched } from './enrich.ts';
import { Admission } from './admission.ts';
import { RawStore } from './raw-store.ts';

export interface Accepted {
  rawRef: string;
  outcome: 'accepted' | 'quarantined';
}

/**
 * Keep raw → parse → stamp → publish, confirmed. Only after that does the caller say "taken" to whoever sent it. Keeping and
 * publishing are on their way at once: what fails of the two, the sender brings again, and what is known counts once.
 */
@Injectable()
export class AcceptRaw {
  constructor(
    @Inject(Admission) private readonly admission: Admission,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Throws `unavailable` where too much is in work; whoever can wait says how long. */
  run(open: OpenChannel, request: VerifiedRequest, { patienceMs = 0 } = {}): Promise<Accepted> {
    const verifiedAt = this.clock.now();
    return this.admission.run(open.account._id, patienceMs, () => this.take(open, request, verifiedAt));
  }

  /** For what is worth nothing a second later (typing): nothing is kept. */
  async runPassing(open: OpenChannel, request: VerifiedRequest): Promise<void> {
    await this.publish(this.stamp(open, await open.channel.parse(request), request, undefined));
  }

  /** Also the second try of what was quarantined. A fault of ours in reading it must not refuse it: it waits for a person. */
  async process(
    open: OpenChannel,
    request: VerifiedRequest,
    rawRef: string,
    verifiedAt?: Date,
    kept: Promise<void> = Promise.resolve(),
  ): Promise<Accepted['outcome']> {
    let events: InboundEvent[];
    try {
      const parsed = await enriched(open, await open.channel.parse(request), this.log);
      events = this.stamp(open, parsed, request, rawRef, verifiedAt);
    } catch (error) {
      const reason = (error as Error).message;
      this.log.warn('An inbound request could not be read and waits in quarantine', {
        rawRef,
        channelAccountId: open.account._id,
        reason,
      });
      await kept;
      await this.raws.quarantine(rawRef, reason);
      this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'quarantine' });
      return 'quarantined';
    }
    await this.publish(events);
    this.stages.passed('inbound.published', rawRef);
    return 'accepted';
  }

  private async take(open: OpenChannel, request: VerifiedRequest, verifiedAt: Date): Promise<Accepted> {
    const { account } = open;
    const rawRef = this.newId();
    const kept = this.raws
      .keep(rawRef, { id: account._id, connectorId: account.connectorId }, request)
      .then(() => this.stages.passed('raw.kept', rawRef));
    const [outcome] = await Promise.all([this.process(open, request, rawRef, verifiedAt, kept), kept]);
    this.traffic.note(account._id, 'received');
    return { rawRef, outcome };
  }

  private stamp(
    { account, connector }: OpenChannel,
    events: NormalisedEvent[],
    request: RawRequest,
    rawRef: string | undefined,
    verifiedAt?: Date,
  ): InboundEvent[] {
    const parent = traceparent();
    const normalisedAt = this.clock.now().toISOString();
    return events.map((event) =>
      InboundEvent.parse({
        ...event,
        specVersion: 1,
        eventId: this.newId(),
        receivedAt: request.receivedAt.toISOString(),
        ...(verifiedAt !== undefined && { verifiedAt: verifiedAt.toISOString() }),
        normalisedAt,
        connectorId: connector.id,
        channel: connector.channel,
        channelAccountId: account._id,
        ...(rawRef !== undefined && { rawRef }),
        ...(parent !== undefined && { traceparent: parent }),
      }),
    );
  }

  private async publish(events: InboundEvent[]): Promise<void> {
    const queuedAt = this.clock.now().toISOString();
    const messages = events.map((event): BusMessage => ({
      topic: `inbound.${event.channel}.${event.kind}`,
      // One thread, one lane: what one customer sends is worked on in its order.
      key: `${event.channelAccountId}:${event.thread.externalId}`,
      id: event.eventId,
      // Handed to the bus: what it takes to confirm and to carry it is part of the next step.
      payload: { ...event, queuedAt } satisfies InboundEvent,
      ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
    }));
    if (messages.length > 0) await this.bus.publish(...messages);
  }
}
