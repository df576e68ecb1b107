import { Inject, Injectable } from '@nestjs/common';
import {
  stepBefore,
  type FlowStage,
  type InboundEventOf,
  type MessageState,
  type PassportStep,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Log } from '../../../platform/log/log.ts';
import { LOG } from '../../../platform/tokens.ts';
import { FlowTimes } from '../../flow/index.ts';
import { ChangeMessage, type Changes } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { movesForward } from '../statuses.ts';
import type { Thread } from '../thread.schema.ts';
import { TRIES_FOR_UNKNOWN_ID } from './unknown-id.ts';

export interface DeliveryReport {
  state: MessageState;
  at: Date;
  reason?: string | undefined;
  externalId?: string | undefined;
  furtherExternalIds?: readonly string[] | undefined;
}
const milestoneOf: Partial<Record<MessageState, { step: PassportStep; stage: FlowStage }>> = {
  accepted: { step: 'acceptedAt', stage: 'accepted' },
  sent: { step: 'sentAt', stage: 'sent' },
  delivered: { step: 'deliveredAt', stage: 'delivered' },
  read: { step: 'readAt', stage: 'read' },
};
/** Of what a watermark may cover, so many of the newest. */
const MOST_COVERED = 100;

/** Where a message of ours has got to. Reports come twice and out of order; the state only moves forward. */
@Injectable()
export class ChangeDelivery {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** What a provider reports. */
  async reported(event: InboundEventOf<'delivery.changed'>, attempt: number): Promise<void> {
    const { channelAccountId, messageExternalId } = event;
    if (event.upTo !== undefined) return this.upTo(event, new Date(event.upTo));
    const message =
      messageExternalId === undefined
        ? null
        : await this.entries
            .findOne({ channelAccountId, externalId: messageExternalId, direction: 'out' })
            .lean<StoredMessage>();
    if (message === null) {
      if (messageExternalId !== undefined && attempt < TRIES_FOR_UNKNOWN_ID)
        throw new Error('The message of a delivery report is not known yet');
      this.log.warn('A delivery report names no message of ours', {
        channelAccountId,
        eventId: event.eventId,
        state: event.state,
      });
      return;
    }
    const reason =
      event.bounce === undefined ? event.reason : `${event.bounce.recipient}: ${event.reason ?? 'undeliverable'}`;
    await this.to(message._id, { state: event.state, at: new Date(event.occurredAt), reason });
  }

  /** A watermark: all that the provider had been given by then. What was on its way has its own report. */
  private async upTo(event: InboundEventOf<'delivery.changed'>, until: Date): Promise<void> {
    const { channelAccountId, thread, state, occurredAt } = event;
    const known = await this.threads.findOne({ channelAccountId, externalId: thread.externalId }).lean<Thread>();
    if (known === null) return;
    const newest = await this.entries
      .find({ threadId: known._id })
      .sort({ _id: -1 })
      .limit(MOST_COVERED)
      .lean<StoredMessage[]>();
    const covered = newest.filter(
      (message) =>
        message.direction === 'out' &&
        message.externalId !== undefined &&
        (message.milestones.claimedAt ?? message.at) <= until &&
        movesForward(message.state, state),
    );
    for (const message of covered.toReversed()) await this.to(message._id, { state, at: new Date(occurredAt) });
  }

  /** What our own delivery found out. Gives the message as it was before. */
  async to(messageId: string, report: DeliveryReport): Promise<StoredMessage | undefined> {
    let before: StoredMessage | undefined;
    const appended = await this.change.run(messageId, (message) => {
      before = message;
      const forward = movesForward(message.state, report.state);
      const learnsId = report.externalId !== undefined && message.externalId === undefined;
      if (!forward && !learnsId && message.attempt == null) return null;
      // A question that did not arrive is no work for anybody.
      const isWork = message.automatic !== 'survey';
      const failed = isWork && forward && (report.state === 'failed' || report.state === 'unknown');
      return { changes: changesOf(message, report, forward), patch: failed ? { needsAttention: true } : {} };
    });
    if (appended?.ok && before !== undefined) this.tell(before, report);
    return before;
  }

  private tell({ channel, milestones }: StoredMessage, { state, at }: DeliveryReport): void {
    const milestone = milestoneOf[state];
    if (milestone === undefined || milestones[milestone.step] !== undefined) return;
    const last = stepBefore('out', milestones, milestone.step);
    if (last !== undefined) this.times.took(channel, 'out', milestone.stage, milestones[last], at);
    // The way ends at the provider; what comes after is the provider's and the customer's time.
    const first = milestones.acceptedAt === undefined && milestones.sentAt === undefined;
    if (first) this.times.took(channel, 'out', 'total', milestones.storedAt, at);
  }
}

function changesOf(message: StoredMessage, report: DeliveryReport, forward: boolean): Changes {
  const milestone = milestoneOf[report.state]?.step;
  return [
    { path: 'attempt', value: null },
    ...(report.externalId !== undefined ? [{ path: 'externalId', value: report.externalId }] : []),
    ...(report.furtherExternalIds ? [{ path: 'furtherExternalIds', value: report.furtherExternalIds }] : []),
    ...(forward ? [{ path: 'state', value: report.state }] : []),
    ...(forward ? [{ path: 'reason', value: report.reason ?? null }] : []),
    ...(milestone !== undefined && message.milestones[milestone] === undefined
      ? [{ path: `milestones.${milestone}`, value: report.at }]
      : []),
  ];
}
