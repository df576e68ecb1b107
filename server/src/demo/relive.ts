import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Arrival, PastMedium, PastConversation, PastStep, Random } from '@switchboard/connectors/simulator';
import { InboundEvent, type VerifiedRequest } from '@switchboard/contract';
import type { HandlingSpell } from '../modules/agent-states/index.ts';
import { FetchMedia } from '../modules/inbound-media/fetch-media.ts';
import { Channels, type OpenChannel } from '../modules/channels/index.ts';
import { AcceptRaw } from '../modules/ingress/index.ts';
import { AddNote } from '../modules/tickets/managing/add-note.ts';
import { ChangeDelivery, Threads, TicketAccess, TicketEvent } from '../modules/tickets/index.ts';
import { ReceiveMessage } from '../modules/tickets/receiving/receive-message.ts';
import { SendReply } from '../modules/tickets/answering/send-reply.ts';
import { UpdateTicket } from '../modules/tickets/managing/update-ticket.ts';
import type { Caller } from '../platform/http/hub-request.ts';
import type { BackOffice } from './back-office.ts';
import type { Furnished } from './furnish.ts';
import { PastFeedback } from './past-feedback.ts';
import { handlingBefore, wasThere } from './past-spells.ts';

const HOUR_MS = 3_600_000;
/** The past comes as fast as the machine takes it: what is beyond its strength waits, as a provider would. */
const PATIENCE_MS = 120_000;
const DAY_MS = 24 * HOUR_MS;
type Step<T extends PastStep['type']> = Extract<PastStep, { type: T }>;
interface Moment {
  readonly at: Date;
  readonly customer: string;
  take(): Promise<void>;
}
const byTime = (one: Moment, other: Moment) => one.at.getTime() - other.at.getTime();
function grouped<T, Key>(all: readonly T[], keyOf: (one: T) => Key): T[][] {
  const groups = new Map<Key, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

interface Running {
  readonly medium: PastMedium;
  readonly open: OpenChannel;
  readonly worker: (queueId: string) => Caller;
  ticketId: string;
  threadId: string;
  caller: Caller;
}

interface Told {
  readonly entryId: string;
  readonly ticketId: string;
}

/** Lives the past again through the doors and use cases of the present: day by day, and within a day each customer for themselves. */
export class Relive {
  readonly #told = new AsyncLocalStorage<{ last: Told | undefined }>();

  /** The times in which answers were worked on. */
  readonly handled: HandlingSpell[] = [];

  constructor(
    private readonly office: BackOffice,
    private readonly centre: Furnished,
    private readonly random: Random,
  ) {
    office.hand = async ({ topic, payload }) => {
      const store = this.#told.getStore();
      if (topic.startsWith('message.added.') && store !== undefined) store.last = TicketEvent.parse(payload);
      if (!topic.startsWith('inbound.')) return;
      const event = InboundEvent.parse(payload);
      if (event.kind === 'message.received') await office.the(ReceiveMessage).run(event);
    };
  }

  async all(conversations: readonly PastConversation[]): Promise<void> {
    const steps: Moment[] = [];
    for (const { key, customer, member, steps: own } of conversations) {
      const running = await this.#start(key, member);
      steps.push(...own.map((step) => ({ at: step.at, customer, take: () => this.#take(running, step) })));
    }
    const days = grouped(steps.toSorted(byTime), ({ at }) => Math.floor(at.getTime() / DAY_MS));
    for (const day of days) await Promise.all(grouped(day, ({ customer }) => customer).map((own) => this.#inTurn(own)));
  }

  async #inTurn(moments: readonly Moment[]): Promise<void> {
    for (const { at, take } of moments) await this.office.clock.at(at, take);
  }

  async #start(key: PastMedium, member: number): Promise<Running> {
    const open = await this.office.the(Channels).open(this.centre.accountIds[key] ?? '');
    if (open === null) throw new Error(`The demo has no account for ${key}`);
    const worker = (queueId: string) => {
      const able = this.centre.members.filter(({ role, queueIds }) => role === 'agent' && queueIds.includes(queueId));
      const there = able.filter((one) => wasThere(one, this.office.clock.now()));
      const members = there.length > 0 ? there : able;
      return members[member % members.length] ?? this.centre.administrator;
    };
    return { medium: key, open, worker, ticketId: '', threadId: '', caller: this.centre.administrator };
  }

  async #take(running: Running, step: PastStep): Promise<void> {
    if (step.type === 'arrives') return this.#arrive(running, await step.arrival());
    if (step.type === 'taken') return this.#taken(running, step);
    if (step.type === 'replied') return this.#reply(running, step);
    const { caller, ticketId } = running;
    if (step.type === 'noted')
      return void (await this.office.the(AddNote).run(caller, ticketId, { clientId: randomUUID(), text: step.text }));
    const snoozedUntil = new Date(Date.now() + (2 + (step.at.getTime() % 30)) * HOUR_MS).toISOString();
    const wanted = { status: step.as, ...(step.as === 'snoozed' && { snoozedUntil }) };
    await this.office.the(UpdateTicket).run(caller, ticketId, wanted);
    if (step.as === 'resolved') await new PastFeedback(this.office, this.random).of(ticketId, step.at);
  }

  async #arrive(running: Running, arrival: Arrival): Promise<void> {
    const told: { last: Told | undefined } = { last: undefined };
    const request = vouched(running.open, arrival);
    await this.#told.run(told, () =>
      this.office.the(AcceptRaw).run(running.open, request, { patienceMs: PATIENCE_MS }),
    );
    if (told.last === undefined) throw new Error('A message of the past did not become one of a ticket');
    const message = await this.office.the(Threads).message(told.last.entryId);
    running.ticketId = told.last.ticketId;
    running.threadId = message?.threadId ?? '';
    if (message?.parts.some(({ type }) => type === 'media'))
      await this.office.the(FetchMedia).run(told.last.entryId, 1);
  }

  async #taken(running: Running, { queue, tags }: Step<'taken'>): Promise<void> {
    const queueId = this.centre.queueIds.get(queue) ?? running.open.account.queueId;
    running.caller = running.worker(queueId);
    const wanted = { queueId, assigneeId: running.caller.id, addTags: [...tags] };
    await this.office.the(UpdateTicket).run(this.centre.administrator, running.ticketId, wanted);
  }

  async #reply({ caller, ticketId, threadId, medium }: Running, step: Step<'replied'>): Promise<void> {
    const { text, externalId, state, stateAt } = step;
    const reply = { clientId: randomUUID(), threadId, parts: [{ type: 'text' as const, text }], force: false };
    const message = await this.office.the(SendReply).run(caller, ticketId, reply);
    const report = { state, at: stateAt, externalId: externalId ?? message._id };
    await this.office.the(ChangeDelivery).to(message._id, report);
    const { queueId, channel } = await this.office.the(TicketAccess).require(caller, ticketId);
    const about = { _id: this.office.clock.newId(), agentId: caller.id, ticketId, channel, queueId };
    this.handled.push(handlingBefore(about, medium, step.at, this.random));
  }
}

/** Checked as the door it came to checks it. */
function vouched({ account, channel }: OpenChannel, arrival: Arrival): VerifiedRequest {
  const { request } = arrival;
  if (arrival.door === 'listener') return request as VerifiedRequest;
  if (arrival.door === 'webhook') {
    const verification = channel.webhook?.verify(request);
    if (!verification?.ok) throw new Error(`A webhook of the past is refused: ${verification?.reason ?? 'no webhook'}`);
    return verification.request;
  }
  const admission = channel.visitors?.admit({ account: account._id, ...arrival.hello }, arrival.origin, randomUUID);
  if (!admission?.ok) throw new Error(`A visitor of the past is refused: ${admission?.message ?? 'no visitors'}`);
  const headers = { ...request.headers, 'x-visitor-token': admission.token };
  return channel.visitors!.verify(admission.visitorId, { ...request, headers });
}
