import { Inject, Injectable } from '@nestjs/common';
import type { CallPhase } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { HELD_PHASES } from './call-states.ts';
import { blankCall, type Call, type FreshCall } from './call.schema.ts';

const MOST_TRIES = 30;
const MOST_WAITING = 20;

/** The calls as they are stored. Each change is conditional on the version that it was made of. */
@Injectable()
export class Calls {
  constructor(
    @Inject('calls') private readonly calls: Model<Call>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  byId(id: string): Promise<Call | null> {
    return this.calls.findById(id).lean<Call>();
  }

  byExternalId(channelAccountId: string, externalId: string): Promise<Call | null> {
    return this.calls.findOne({ channelAccountId, externalId }).lean<Call>();
  }

  /** Those of a ticket whose callers wait for somebody: on the line, or to be called. */
  waitingIn(ticketId: string): Promise<Call[]> {
    const phase = { $in: ['queue', 'callback'] satisfies CallPhase[] };
    return this.calls.find({ ticketId, phase }).limit(MOST_WAITING).lean<Call[]>().exec();
  }

  /** The one of a ticket that is somewhere there. */
  ofTicket(ticketId: string, phases: readonly CallPhase[]): Promise<Call | null> {
    return this.calls.findOne({ ticketId, phase: { $in: [...phases] } }).lean<Call>();
  }

  /** Those that an agent has, the newest first. */
  ofAgent(agentId: string, ask: { cursor?: string | undefined; limit: number }): Promise<Call[]> {
    const older = ask.cursor === undefined ? {} : { _id: { $lt: ask.cursor } };
    return this.calls
      .find({ 'agent.id': agentId, phase: { $in: [...HELD_PHASES] }, ...older })
      .sort({ _id: -1 })
      .limit(ask.limit + 1)
      .lean<Call[]>()
      .exec();
  }

  /** Those that an agent is asked into, or talks in as somebody who was asked. */
  askedOf(agentId: string): Promise<Call[]> {
    return this.calls
      .find({ 'aside.agentIds': agentId, 'aside.state': { $in: ['asked', 'private'] } })
      .limit(MOST_WAITING)
      .lean<Call[]>()
      .exec();
  }

  /** Is the agent in another call than this one, or about to be? */
  async isBusy(agentId: string, callId: string): Promise<boolean> {
    return (await this.busyOf([agentId], callId)).has(agentId);
  }

  /** Those of some agents who are. */
  async busyOf(agentIds: readonly string[], callId: string): Promise<ReadonlySet<string>> {
    const phase = { $in: ['connecting', 'talking'] satisfies CallPhase[] };
    const filter = { 'agent.id': { $in: [...agentIds] }, phase, _id: { $ne: callId } };
    const found = await this.calls.find(filter, { 'agent.id': 1 }).lean<Pick<Call, 'agent'>[]>();
    return new Set(found.flatMap(({ agent }) => agent?.id ?? []));
  }

  ofMedia(mediaId: string): Promise<Call | null> {
    return this.calls.findOne({ 'recordings.mediaId': mediaId }, { ticketId: 1 }).lean<Call>();
  }

  unsettled(before: Date): Promise<Call[]> {
    return this.calls
      .find({ unsettledSince: { $lt: before } })
      .limit(200)
      .lean<Call[]>()
      .exec();
  }

  overdue(now: Date): Promise<Call[]> {
    return this.calls
      .find({ joinBy: { $lt: now } })
      .limit(200)
      .lean<Call[]>()
      .exec();
  }

  /** Who was asked into them has not come in time. */
  unanswered(now: Date): Promise<Call[]> {
    return this.calls
      .find({ 'aside.until': { $lt: now } })
      .limit(200)
      .lean<Call[]>()
      .exec();
  }

  /** Of two who begin the same call both get the one that stands. */
  async begin(fresh: FreshCall): Promise<Call> {
    const _id = fresh._id ?? this.newId();
    const call = blankCall(_id, this.clock.now(), fresh);
    try {
      await this.calls.create(call);
      return call;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const known = (await this.byId(_id)) ?? (await this.byExternalId(call.channelAccountId, call.externalId));
      if (known === null) throw error;
      return known;
    }
  }

  /** `plan` is pure, and may run several times, each time on the newest. What gives the very same back changes nothing. */
  async change(id: string, plan: (call: Call) => Call): Promise<{ before: Call; call: Call }> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await this.byId(id);
      if (before === null) throw new HubError('not-found', 'There is no such call');
      const wanted = plan(before);
      if (wanted === before) return { before, call: before };
      const { _id, ...call } = { ...wanted, version: before.version + 1, unsettledSince: this.clock.now() };
      const { matchedCount } = await this.calls.updateOne({ _id, version: before.version }, { $set: call });
      if (matchedCount === 1) return { before, call: { _id, ...call } };
    }
    throw new HubError('unavailable', 'The call is changing too fast; try again');
  }

  async settled({ _id, version }: Call): Promise<void> {
    await this.calls.updateOne({ _id, version }, { $set: { unsettledSince: null } });
  }
}
