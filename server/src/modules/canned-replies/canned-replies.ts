import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, CannedReply } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { pageBy, type Page } from '../../platform/database/page.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { NEW_ID } from '../../platform/tokens.ts';
import { cannedReply, type StoredCannedReply } from './canned-reply.schema.ts';

@Injectable()
export class CannedReplies {
  constructor(
    @Inject('cannedreplies') private readonly replies: Model<StoredCannedReply>,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** By shortcut. */
  async page(ask: { cursor?: string | undefined; limit: number }): Promise<Page<CannedReply>> {
    const { items, next } = await pageBy(this.replies, 'shortcutKey', ask);
    return { items: items.map(cannedReply), next };
  }

  async add(wanted: Call<Api['cannedReplies.create']>['body']): Promise<CannedReply> {
    const reply = { _id: this.newId(), ...wanted, shortcutKey: wanted.shortcut.toLowerCase() };
    await this.unlessTaken(wanted.shortcut, () => this.replies.create(reply));
    return cannedReply(reply);
  }

  async change(id: string, wanted: Call<Api['cannedReplies.update']>['body']): Promise<CannedReply> {
    const { shortcut } = wanted;
    const $set = shortcut === undefined ? wanted : { ...wanted, shortcutKey: shortcut.toLowerCase() };
    const changed = await this.unlessTaken(shortcut, () =>
      this.replies.findOneAndUpdate({ _id: id }, { $set }, { returnDocument: 'after' }).lean<StoredCannedReply>(),
    );
    if (changed === null) throw new HubError('not-found', 'There is no such canned reply');
    return cannedReply(changed);
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await this.replies.deleteOne({ _id: id });
    if (deletedCount === 0) throw new HubError('not-found', 'There is no such canned reply');
  }

  private async unlessTaken<T>(shortcut: string | undefined, write: () => PromiseLike<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error, 'shortcutKey')) throw error;
      throw new HubError('conflict', `/${shortcut} is taken by another canned reply`, {
        fields: [{ path: 'shortcut', message: 'Taken by another canned reply' }],
      });
    }
  }
}
