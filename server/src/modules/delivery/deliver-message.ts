import { Inject, Injectable } from '@nestjs/common';
import { type ConnectorError, failurePolicy, type OutboundCommandOf } from '@switchboard/contract';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG, NEW_ID, STAGES } from '../../platform/tokens.ts';
import { AccountHealth, AccountTraffic, Channels, type OpenChannel } from '../channels/index.ts';
import { type FlowStages, FlowTimes } from '../flow/index.ts';
import { MediaLinks } from '../media/index.ts';
import {
  ChangeDelivery,
  isAwaited,
  nextAmendment,
  QueueOutbound,
  Threads,
  type DeliveryReport,
  type StoredMessage,
} from '../tickets/index.ts';
import {
  answered,
  asConnectorError,
  awaited,
  MOST_TRIES,
  pausedReason,
  STANDING_MS,
  triesOf,
  type Try,
} from './ask-provider.ts';
import { commandOf } from './command-of.ts';
import { Pace, type Command } from './pace.ts';

/** Hands one message to its provider: at most once, unless the provider surely refused it. */
@Injectable()
export class DeliverMessage {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(ChangeDelivery) private readonly change: ChangeDelivery,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(STAGES) private readonly stages: FlowStages,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(order: Command): Promise<void> {
    const { messageId, queuedAt } = order.payload;
    const found = await this.threads.message(messageId);
    if (found === null || found.state !== 'pending' || isAwaited(found, order.id, this.clock.now())) return;
    const tries = triesOf(order, found);
    const open = await this.channels.open(found.channelAccountId);
    if (open === null || open.account.state !== 'active') return this.fail(messageId, pausedReason(open));
    const [thread, earlier] = await Promise.all([
      this.threads.byId(found.threadId),
      this.threads.messages(found.threadId, messageId, 20),
    ]);
    if (thread === null) return this.fail(messageId, 'The conversation that it belongs to is gone.');
    if (!(await this.pace.admits(open, order))) return;
    const attempt = { id: this.newId(), number: tries, startedAt: this.clock.now() };
    const message = await this.threads.claim(
      messageId,
      attempt,
      queuedAt === undefined ? undefined : new Date(queuedAt),
    );
    if (message === null) return this.leftStanding(messageId);
    this.stages.passed('delivery.claimed', messageId);
    if (tries === 1) this.tellClaim(message);
    const command = commandOf(message, thread, earlier, this.links.face(message.author));
    await this.send(open, command, message, { order, attemptId: attempt.id, tries });
  }

  private tellClaim({ channel, milestones: { storedAt, queuedAt, claimedAt } }: StoredMessage): void {
    if (queuedAt !== undefined) this.times.took(channel, 'out', 'queued', storedAt, queuedAt);
    if (claimedAt !== undefined) this.times.took(channel, 'out', 'claimed', queuedAt, claimedAt);
  }

  /** An earlier try began and never ended: the provider may have it. A blind repeat could send it twice, so the agent decides. */
  private async leftStanding(messageId: string): Promise<void> {
    const message = await this.threads.message(messageId);
    const startedAt = message?.attempt?.startedAt;
    if (message?.state !== 'pending' || startedAt === undefined) return;
    const age = this.clock.now().getTime() - new Date(startedAt).getTime();
    if (age < STANDING_MS) throw new Error('Another process is sending this message');
    await this.became(messageId, {
      state: 'unknown',
      at: this.clock.now(),
      reason: 'The connection was lost while it was being sent: it may or may not have arrived.',
    });
  }

  private async send(
    { account, channel }: OpenChannel,
    command: OutboundCommandOf<'message.send'>,
    message: StoredMessage,
    attempt: Try,
  ): Promise<void> {
    try {
      const receipt = await answered(channel.deliver(command));
      this.stages.passed('provider.answered', message._id);
      await this.became(message._id, { ...receipt, at: this.clock.now() });
      this.stages.passed('delivery.recorded', message._id);
      this.traffic.note(account._id, 'sent');
    } catch (error) {
      // Also where the provider took it and that could not be written down.
      await this.failed(account._id, message, attempt, asConnectorError(error));
    }
  }

  private async failed(
    accountId: string,
    message: StoredMessage,
    { order, attemptId, tries }: Try,
    error: ConnectorError,
  ): Promise<void> {
    this.stages.passed('provider.answered', message._id);
    this.traffic.note(accountId, 'failed');
    this.log.warn('A message was not delivered', {
      messageId: message._id,
      channelAccountId: accountId,
      code: error.code,
      tries,
      error,
    });
    const policy = failurePolicy[error.code];
    if (policy === 'ask-agent') {
      const reason = `${error.message} It may or may not have arrived.`;
      return this.became(message._id, { state: 'unknown', at: this.clock.now(), reason });
    }
    if (policy === 'pause-account') await this.health.pause(accountId, error.message);
    if (policy !== 'retry' || tries >= MOST_TRIES) return this.fail(message._id, error.message);
    if (error.retryAfterMs !== undefined) await this.pace.pause(accountId, error.retryAfterMs);
    await this.threads.release(message._id, attemptId, awaited(order, tries, this.clock.now()));
    throw error;
  }

  private fail(messageId: string, reason: string): Promise<void> {
    return this.became(messageId, { state: 'failed', at: this.clock.now(), reason });
  }

  /** What was asked of it meanwhile can go on now. */
  private async became(messageId: string, report: DeliveryReport): Promise<void> {
    const message = await this.change.to(messageId, report);
    const next = message && nextAmendment(message);
    if (!next) return;
    const thread = await this.threads.byId(message.threadId);
    if (thread !== null) await this.outbound.run(message, thread, next.id);
  }
}
