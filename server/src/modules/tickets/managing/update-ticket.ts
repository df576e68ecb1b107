import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { Queues } from '../../queues/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import { statusPatch } from '../answering/reply-patch.ts';
import { nextStatuses } from '../statuses.ts';
import { TicketAccess } from '../ticket-access.ts';
import { changedWords } from '../ticket-words.ts';
import { WakeSnoozed } from './wake-snoozed.ts';
import type { StoredEvent } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

type Wanted = Call<Api['tickets.update']>['body'];
type Step = { event: StoredEvent['event']; from: string | null; to: string | null; patch: Partial<Ticket> } | null;

/** Each field that changes is an event of its own in the ticket's history. */
@Injectable()
export class UpdateTicket {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(WakeSnoozed) private readonly waking: WakeSnoozed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, wanted: Wanted): Promise<Ticket> {
    let ticket = await this.access.require(caller, ticketId);
    const steps = await this.stepsOf(wanted, ticket);
    if (wanted.status === 'snoozed' && wanted.snoozedUntil !== undefined)
      await this.waking.schedule(ticket._id, new Date(wanted.snoozedUntil));
    for (const step of steps) ticket = await this.take(caller, ticket._id, step);
    return ticket;
  }

  /** Refuses what can't be, without doing anything. */
  async check(wanted: Wanted, ticket: Ticket): Promise<void> {
    await this.stepsOf(wanted, ticket);
  }

  private async take(caller: Caller, ticketId: string, step: (ticket: Ticket) => Step): Promise<Ticket> {
    const appended = await this.append.to(ticketId, (ticket) => {
      const planned = step(ticket);
      if (planned === null) return null;
      const { event, from, to, patch } = planned;
      const topic = event === 'assignee.changed' ? 'ticket.assigned' : 'ticket.changed';
      return {
        topic,
        entry: { type: 'event', author: { kind: 'agent', id: caller.id, name: caller.name }, event, from, to },
        patch,
      };
    });
    return appended.ticket;
  }

  private async stepsOf(wanted: Wanted, ticket: Ticket): Promise<((ticket: Ticket) => Step)[]> {
    const steps: ((ticket: Ticket) => Step)[] = [];
    if (wanted.queueId !== undefined) steps.push(await this.queueStep(wanted.queueId));
    if (wanted.assigneeId !== undefined) steps.push(await this.assigneeStep(wanted.assigneeId, ticket));
    if (wanted.priority !== undefined) {
      const { priority } = wanted;
      steps.push((ticket) =>
        ticket.priority === priority
          ? null
          : { event: 'priority.changed', from: ticket.priority, to: priority, patch: { priority } },
      );
    }
    if (wanted.subject !== undefined) {
      const { subject } = wanted;
      steps.push((ticket) =>
        ticket.subject === subject
          ? null
          : {
              event: 'subject.changed',
              from: ticket.subject,
              to: subject,
              patch: { subject, words: changedWords(ticket, { subject }) },
            },
      );
    }
    if (wanted.addTags !== undefined || wanted.removeTags !== undefined)
      steps.push(tagStep(wanted.addTags ?? [], wanted.removeTags ?? []));
    if (wanted.status !== undefined) steps.push(this.statusStep(wanted));
    return steps;
  }

  private statusStep({ status, snoozedUntil }: Wanted): (ticket: Ticket) => Step {
    const until = snoozedUntil === undefined ? null : new Date(snoozedUntil);
    if (status === 'snoozed' && (until === null || until <= this.clock.now()))
      throw new HubError('invalid', 'Say until when to snooze: a time to come', {
        fields: [{ path: 'snoozedUntil', message: 'A time to come' }],
      });
    return (ticket) => {
      if (status === undefined || (ticket.status === status && status !== 'snoozed')) return null;
      if (ticket.status !== status && !nextStatuses[ticket.status].includes(status))
        throw new HubError(
          'conflict',
          `A ticket that is ${ticket.status} can become ${nextStatuses[ticket.status].join(', ')}`,
        );
      return {
        event: 'status.changed',
        from: ticket.status,
        to: status,
        patch: statusPatch(ticket, status, this.clock.now(), until),
      };
    };
  }

  private async queueStep(queueId: string): Promise<(ticket: Ticket) => Step> {
    const queue = await this.queues.byId(queueId);
    if (queue === null)
      throw new HubError('invalid', 'There is no such queue', {
        fields: [{ path: 'queueId', message: 'No such queue' }],
      });
    const names = await this.queues.names();
    return (ticket) =>
      ticket.queueId === queueId
        ? null
        : {
            event: 'queue.changed',
            from: names.get(ticket.queueId) ?? null,
            to: queue.name,
            patch: { queueId, assigneeId: null },
          };
  }

  private async assigneeStep(assigneeId: string | null, current: Ticket): Promise<(ticket: Ticket) => Step> {
    const agent = assigneeId === null ? null : await this.agents.byId(assigneeId);
    if (assigneeId !== null && (agent === null || !agent.active))
      throw new HubError('invalid', 'This agent can’t take tickets', {
        fields: [{ path: 'assigneeId', message: 'Not an active agent' }],
      });
    const before = await this.agents.names(current.assigneeId === null ? [] : [current.assigneeId]);
    return (ticket) => {
      if (ticket.assigneeId === assigneeId) return null;
      const from = ticket.assigneeId === null ? null : (before.get(ticket.assigneeId)?.name ?? null);
      const opened =
        ticket.status === 'new' && assigneeId !== null ? statusPatch(ticket, 'open', this.clock.now()) : {};
      return { event: 'assignee.changed', from, to: agent?.name ?? null, patch: { assigneeId, ...opened } };
    };
  }
}

const MOST_TAGS = 30;
function tagStep(add: readonly string[], remove: readonly string[]): (ticket: Ticket) => Step {
  return (ticket) => {
    const tags = [...new Set([...ticket.tags, ...add])].filter((tag) => !remove.includes(tag));
    if (tags.length > MOST_TAGS) throw new HubError('invalid', `A ticket holds at most ${MOST_TAGS} tags`);
    const same = tags.length === ticket.tags.length && tags.every((tag) => ticket.tags.includes(tag));
    return same
      ? null
      : {
          event: 'tags.changed',
          from: ticket.tags.join(', ') || null,
          to: tags.join(', ') || null,
          patch: { tags, words: changedWords(ticket, { tags }) },
        };
  };
}
