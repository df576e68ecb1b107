import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { OpenQuestions } from '../answering/open-questions.ts';
import { ChangeMessage, type Changes } from '../changing/change-message.ts';
import type { StoredAmendment, StoredEntry, StoredMessage } from '../entry.schema.ts';
import { previewAfter } from '../preview.ts';
import { nextAmendment, withVersion } from './amendments.ts';

/** A message that nobody has yet: it goes out with its new words, or not at all. No provider is asked. */
@Injectable()
export class ChangeUnsent {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(OpenQuestions) private readonly questions: OpenQuestions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** False: it is being sent, or is out. */
  async run(message: StoredMessage, amendment: StoredAmendment, onceKey: string): Promise<boolean> {
    const { _id: id, ticketId, state } = message;
    if (message.externalId !== undefined || !isInTurn(message, amendment)) return false;
    const claim = state === 'failed' ? null : await this.claim(id);
    if (state !== 'failed' && claim === null) return false;
    const others = await this.questions.besides(ticketId, id);
    const at = this.clock.now();
    const appended = await this.change.run(
      id,
      (now, ticket) => {
        if (now.state !== state || now.deletedAt || !isInTurn(now, amendment)) return null;
        const changes = [...changesOf(now, amendment, at), { path: 'attempt', value: null }];
        if (amendment.kind === 'edit') return { changes, patch: previewAfter(ticket, now, amendment.parts) };
        return { changes, patch: { ...previewAfter(ticket, now, null), needsAttention: others } };
      },
      onceKey,
    );
    if (appended?.ok === true) return true;
    if (claim !== null) await this.entries.updateOne({ _id: id, 'attempt.id': claim }, { $set: { attempt: null } });
    return appended?.reason === 'duplicate';
  }

  /** Held as by who sends it, so that nobody does meanwhile. */
  private async claim(_id: string): Promise<string | null> {
    const attempt = { id: this.newId(), number: 0, startedAt: this.clock.now() };
    const free = { _id, state: 'pending' as const, attempt: null };
    const { modifiedCount } = await this.entries.updateOne(free, { $set: { attempt } });
    return modifiedCount === 1 ? attempt.id : null;
  }
}

/** What was asked before comes before; but of what is taken away nothing more is to be changed. */
const isInTurn = (message: StoredMessage, { kind }: StoredAmendment): boolean =>
  kind === 'delete' || nextAmendment(message) === null;

function changesOf(message: StoredMessage, amendment: StoredAmendment, at: Date): Changes {
  if (amendment.kind === 'edit')
    return [
      { path: 'parts', value: amendment.parts },
      { path: 'versions', value: withVersion(message, at, amendment.by) },
    ];
  return [
    { path: 'state', value: 'failed' },
    { path: 'reason', value: 'It was deleted before it went out.' },
    { path: 'deletedAt', value: at },
    { path: 'deletedBy', value: amendment.by },
    { path: 'amendments', value: {} },
    { path: 'amendingSince', value: null },
    { path: 'amendFailed', value: false },
  ];
}
