import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, CLOCK, JOBS, LOG, NEW_ID } from '../../platform/tokens.ts';
import { BeginWrapUp } from '../agent-states/index.ts';
import { Channels } from '../channels/index.ts';
import { ResolveCustomer } from '../customers/index.ts';
import { EndOffer, Offers } from '../routing/index.ts';
import { KeepCall } from '../tickets/index.ts';
import { CarryOut } from './aside/carry-out.ts';
import { takeCourse } from './aside/take-course.ts';
import type { Call } from './call.schema.ts';
import { callView } from './call.view.ts';
import { Calls } from './calls.ts';
import { KeepPromise } from './callbacks/keep-promise.ts';
import { ConnectCall } from './connect-call.ts';

/** On the bus: a sound that the hub does not hold yet. */
export const CALL_RECORDED = 'call.recorded';
const SWEEP_MS = 3000;
const LATE_MS = 5000;

/**
 * What must follow from where a call is: its ticket, its entry there, its agent's console and wrap-up, its sounds. All of it can be
 * done again; a process that is killed in between leaves it to the sweep of whichever process is there.
 */
@Injectable()
export class SettleCall implements OnModuleInit {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(KeepCall) private readonly keep: KeepCall,
    @Inject(ConnectCall) private readonly connect: ConnectCall,
    @Inject(CarryOut) private readonly carryOut: CarryOut,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(BeginWrapUp) private readonly wrapUp: BeginWrapUp,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(EndOffer) private readonly offerEnds: EndOffer,
    @Inject(KeepPromise) private readonly promise: KeepPromise,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('settle-calls', SWEEP_MS, () => this.sweep());
  }

  /** Answers the call with the ticket that it got. */
  async run(changed: Call): Promise<Call> {
    const placed = changed.ticketId === null && needsTicket(changed) ? await this.place(changed) : changed;
    this.tell(placed);
    // Before it is given to anybody: who joins at once would find the customer in the room, and lose them to the music.
    const call = await this.connect.backToMusic(placed);
    if (call.ticketId !== null) await this.keep.show(callView(call));
    if (call.ticketId !== null && call.handsBack !== null) await this.handBack(call, call.ticketId);
    if (call.endedAt !== null) await this.ended(call);
    await this.fetch(call);
    const done = await this.carryOut.run(call);
    if (done.call.version !== call.version) return this.run(done.call);
    if (done.waits) return call;
    await this.connect.run(call);
    await this.calls.settled(call);
    return call;
  }

  /** What `plan` makes of it (`Calls.change`), with all that follows; what it leaves as it is is left alone. */
  async change(callId: string, plan: (now: Call) => Call): Promise<{ isChanged: boolean; call: Call }> {
    const { before, call } = await this.calls.change(callId, plan);
    const isChanged = before !== call;
    return { isChanged, call: isChanged ? await this.run(call) : call };
  }

  /** The caller keeps the place, and whoever is next has the call. `isSo`: as it still has to be. */
  async giveUp(callId: string, isSo: (now: Call) => boolean): Promise<void> {
    const given = await this.connect.giveUp(callId, isSo);
    if (given !== null) await this.run(given);
  }

  /** Its agent's consoles, and those of whoever listens or is asked in. */
  tell(call: Call): void {
    const event: Passing = { type: 'call', call: callView(call) };
    const inCall = [call.agent?.id, ...call.legs.map(({ agentId }) => agentId), ...(call.aside?.askedIds ?? [])];
    for (const id of new Set(inCall.filter((each) => each != null)))
      this.sockets.emit('/console', `agent:${id}`, 'passing', event);
  }

  /** To whoever is next: at once, or when the promised call is tried again. */
  private async handBack({ _id, phase, tryAt, handsBack }: Call, ticketId: string): Promise<void> {
    if (phase === 'callback' && tryAt !== null) await this.keep.sleep(ticketId, tryAt);
    // Once: who has the ticket by the time that this is done again is the next.
    const onceKey = `given-back:${_id}:${handsBack}`;
    if (phase === 'queue' || phase === 'callback') await this.keep.hand(ticketId, { agent: null }, null, onceKey);
  }

  private async place(call: Call): Promise<Call> {
    const open = await this.channels.open(call.channelAccountId);
    if (open === null) throw new Error('The account of a call is gone');
    const ticket = await this.keep.place({
      call: callView(call),
      channel: open.account.channel,
      customer: await this.customers.of(call.customer, call.channelAccountId),
      party: call.customer,
      queueId: call.queueId ?? open.account.queueId,
      by: call.direction === 'outbound' ? call.agent : null,
      ticketId: call.wantedTicketId,
    });
    const { call: placed } = await this.calls.change(call._id, (now) =>
      now.ticketId === null ? { ...now, ticketId: ticket._id } : now,
    );
    return placed;
  }

  private async ended(call: Call): Promise<void> {
    const { agent, endedAt, ticketId, unsettledSince } = call;
    const promise = await this.promise.afterTry(call);
    if (promise !== null) await this.run(promise);
    if (call.phase === 'wrap-up' && agent !== null && endedAt !== null) {
      const open = await this.channels.open(call.channelAccountId);
      if (open !== null) await this.wrapUp.afterWork(agent.id, open.account.channel, endedAt);
    }
    if (call.callbackId !== null && call.outcome === 'unreached' && ticketId !== null)
      await this.keep.giveUpOn(ticketId, callView(call));
    // Also who was answered before, and has waited again.
    const hasLeft = call.outcome === 'abandoned' || (call.outcome === 'answered' && agent === null);
    if (!hasLeft || ticketId === null || unsettledSince === null) return;
    // What was offered was somebody on the line; that the ticket waits for a call is another offer. By our clock, not the provider's.
    const offers = await this.offers.of(ticketId);
    if (offers?.open != null && offers.open.at < unsettledSince) await this.offerEnds.withdraw(offers);
  }

  private async fetch(call: Call): Promise<void> {
    if (
      !call.recordings.some(
        ({ source, mediaId, state }) => source !== null && mediaId === null && state === 'completed',
      )
    )
      return;
    await this.bus.publish({ topic: CALL_RECORDED, key: call._id, id: this.newId(), payload: { callId: call._id } });
  }

  private async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const call of await this.calls.unsettled(new Date(now.getTime() - LATE_MS)))
      await this.run(call).catch((error: unknown) => this.waits(call, error));
    const isLate = ({ phase, joinBy }: Call) => phase === 'connecting' && joinBy !== null && joinBy < now;
    for (const call of await this.calls.overdue(now))
      await this.giveUp(call._id, isLate).catch((error: unknown) => this.waits(call, error));
    const unanswered = (each: Call) =>
      each.aside?.until != null && each.aside.until < now ? takeCourse(each, 'unanswered', now) : each;
    for (const call of await this.calls.unanswered(now))
      await this.change(call._id, unanswered).catch((error: unknown) => this.waits(call, error));
  }

  private waits({ _id: callId }: Call, error: unknown): void {
    this.log.warn('What follows from a call waits', { callId, error });
  }
}

/** Who is in a menu may still hang up; then it was a missed call. Who talks to somebody elsewhere is nobody's work here. */
const needsTicket = ({ phase, endedAt, direction }: Call): boolean =>
  direction === 'outbound' || endedAt !== null || !(phase === 'menu' || phase === 'voicemail' || phase === 'forwarded');
