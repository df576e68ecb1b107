import { Inject, Injectable } from '@nestjs/common';
import { type ConnectorError, failurePolicy } from '@switchboard/contract';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG, NEW_ID } from '../../platform/tokens.ts';
import { AccountHealth, Channels, type OpenChannel } from '../channels/index.ts';
import {
  isAwaited,
  nextAmendment,
  QueueOutbound,
  SettleAmendment,
  Threads,
  type StoredMessage,
  type Thread,
} from '../tickets/index.ts';
import { answered, awaited, MOST_TRIES, pausedReason, STANDING_MS, triesOf, type Try } from './ask-provider.ts';
import { amendmentCommandOf } from './command-of.ts';
import { Pace, type Command } from './pace.ts';

type Next = NonNullable<ReturnType<typeof nextAmendment>>;
type Out = StoredMessage & { externalId: string };

/** Hands the oldest change that waits of a message to its provider, then calls the next. */
@Injectable()
export class DeliverAmendment {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(SettleAmendment) private readonly settle: SettleAmendment,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(order: Command): Promise<void> {
    const message = await this.threads.message(order.payload.messageId);
    const next = message && nextAmendment(message);
    // What is still to go out calls for this again, once it is.
    if (!next || message.state === 'pending' || isAwaited(next, order.id, this.clock.now())) return;
    const thread = await this.threads.byId(message.threadId);
    if (!isOut(message) || thread === null) return this.fail(message, next, 'The message did not go out.');
    const open = await this.channels.open(message.channelAccountId);
    if (open === null || open.account.state !== 'active') return this.fail(message, next, pausedReason(open));
    if (!(await this.pace.admits(open, order))) return;
    const attempt = { id: this.newId(), startedAt: this.clock.now() };
    const claimed = await this.settle.claim(message._id, next.id, attempt);
    if (claimed === null) return this.leftStanding(message._id, next.id);
    await this.send(open, thread, message, next, { order, attemptId: attempt.id, tries: triesOf(order, next) });
    await this.callNext(message._id, thread);
  }

  private async send(open: OpenChannel, thread: Thread, message: Out, next: Next, attempt: Try): Promise<void> {
    const { channel, connector } = open;
    try {
      await answered(channel.deliver(amendmentCommandOf(message, thread, next.id, next)));
    } catch (error) {
      return this.failed(open.account._id, message, next, attempt, error as ConnectorError);
    }
    await this.settle.done(message._id, next.id, connector.capabilities.changes?.reactions.single ?? false);
  }

  private async failed(
    accountId: string,
    message: Out,
    next: Next,
    { order, attemptId, tries }: Try,
    error: ConnectorError,
  ): Promise<void> {
    const about = {
      messageId: message._id,
      channelAccountId: accountId,
      kind: next.kind,
      code: error.code,
      tries,
      error,
    };
    this.log.warn('A change of a message was not delivered', about);
    const policy = failurePolicy[error.code];
    if (policy === 'ask-agent') return this.settle.failed(message._id, next.id, 'unknown', error.message);
    if (policy === 'pause-account') await this.health.pause(accountId, error.message);
    if (policy !== 'retry' || tries >= MOST_TRIES)
      return this.settle.failed(message._id, next.id, 'failed', error.message);
    if (error.retryAfterMs !== undefined) await this.pace.pause(accountId, error.retryAfterMs);
    await this.settle.release(message._id, next.id, attemptId, awaited(order, tries, this.clock.now()));
    throw error;
  }

  /** Somebody else has it, or began and never ended: then nobody knows, and the agent is asked. */
  private async leftStanding(messageId: string, id: string): Promise<void> {
    const message = await this.threads.message(messageId);
    const amendment = message?.amendments?.[id];
    if (!message || amendment?.state !== 'pending' || !amendment.attempt) return;
    const age = this.clock.now().getTime() - new Date(amendment.attempt.startedAt).getTime();
    if (age < STANDING_MS) throw new Error('Another process is making this change');
    await this.settle.failed(messageId, id, 'unknown', 'The connection was lost while it was being changed.');
  }

  private async fail(message: StoredMessage, next: Next, reason: string): Promise<void> {
    await this.settle.failed(message._id, next.id, 'failed', reason);
    const thread = await this.threads.byId(message.threadId);
    if (thread !== null) await this.callNext(message._id, thread);
  }

  private async callNext(messageId: string, thread: Thread): Promise<void> {
    const message = await this.threads.message(messageId);
    const next = message && nextAmendment(message);
    if (next) await this.outbound.run(message, thread, next.id);
  }
}

const isOut = (message: StoredMessage): message is Out => message.externalId !== undefined;
