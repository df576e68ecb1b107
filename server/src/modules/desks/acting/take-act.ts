import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ConnectorError, type Desk, type InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, CONFIG, LOG } from '../../../platform/tokens.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { actId, type StoredAct } from '../desk-act.schema.ts';
import type { DeskPost } from '../desk-post.schema.ts';
import { DeskAgents } from '../linking/desk-agents.ts';
import { DeskLinks } from '../linking/desk-links.ts';
import { Mirrors } from '../mirroring/mirrors.ts';
import { DoAct, type Done } from './do-act.ts';

type Acted = InboundEventOf<'desk.acted'>;

const KEEP_MS = 90 * 86_400_000;
/** What was done there may overtake the storing of where "there" is. */
export const NEW_POST_DELAYS_MS = [500, 2000, 10_000, 15_000];
const TRIES_FOR_NEW_POST = NEW_POST_DELAYS_MS.length + 1;

/**
 * What an agent did at a desk is done as they would do it in the console, once, however often the provider tells of it; and
 * what became of it they are told there.
 */
@Injectable()
export class TakeAct {
  constructor(
    @Inject('deskposts') private readonly posts: Model<DeskPost>,
    @Inject('deskacts') private readonly acts: Model<StoredAct>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Mirrors) private readonly mirrors: Mirrors,
    @Inject(DeskAgents) private readonly people: DeskAgents,
    @Inject(DeskLinks) private readonly links: DeskLinks,
    @Inject(DoAct) private readonly doing: DoAct,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(event: Acted, attempt: number): Promise<void> {
    const { channelAccountId: accountId, place, thread } = event;
    const open = await this.channels.open(accountId);
    if (open?.channel.desk === undefined || !(await this.mirrors.isDesk({ accountId, place }))) return;
    const post = await this.posts.findOne({ channelAccountId: accountId, ref: thread.externalId }).lean<DeskPost>();
    if (post === null) return this.waitForPost(event, attempt);
    const id = actId(accountId, event.dedupeKey);
    if (await this.begin(id, post, event)) await this.act(open, open.channel.desk, post, event, id);
  }

  /** Throws where this may be the thread of a post that is not known to stand yet: the act comes again. */
  private async waitForPost({ channelAccountId, place, eventId }: Acted, attempt: number): Promise<void> {
    const found = await this.posts.exists({ channelAccountId, place, ref: { $exists: false }, 'attempt.key': 'post' });
    // People talk in other threads of the channel, too.
    if (found === null) return;
    if (attempt < TRIES_FOR_NEW_POST) throw new Error('The thread that an agent wrote in is not known yet');
    this.log.warn('What was written at a desk is of no ticket, unless of one whose post is still in doubt', {
      ...{ channelAccountId, eventId },
    });
  }

  /** False: it was done before. One that was begun and not ended is begun again: all that follows is done once. */
  private async begin(_id: string, post: DeskPost, event: Acted): Promise<boolean> {
    const expiresAt = new Date(this.clock.now().getTime() + KEEP_MS);
    try {
      await this.acts.create({ _id, postId: post._id, type: event.act.type, state: 'begun', agentId: null, expiresAt });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await this.acts.exists({ _id, state: 'begun' })) !== null;
    }
  }

  private async act(open: OpenChannel, desk: Desk, post: DeskPost, event: Acted, id: string): Promise<void> {
    const accountId = open.account._id;
    const person = await this.people.of(accountId, desk, event.sender.externalId);
    if (!person.known) {
      // Who changes what they wrote as a stranger need not be told again.
      if (event.act.type !== 'changed')
        await this.tell(desk, post, event, this.links.words(open.account, event.sender.externalId, person.name));
      return this.end(id, 'refused', null);
    }
    const { caller } = person;
    try {
      const done = await this.doing.run(caller, { open, post, event, id });
      await this.show(desk, post, event, done);
      await this.end(id, 'done', caller.id);
    } catch (error) {
      if (!(error instanceof HubError) || error.code === 'unavailable') throw error;
      const what = error.code === 'changed' ? '' : 'Nothing was done. ';
      await this.refuse(desk, post, event, `${what}${error.message}${nextSteps[error.code] ?? ''}`);
      await this.end(id, 'refused', caller.id);
    }
  }

  /** That an answer did not go out concerns all who read the thread; of the rest whoever did it is told. */
  private async refuse(desk: Desk, post: DeskPost, event: Acted, words: string): Promise<void> {
    const { act, sender, dedupeKey, occurredAt, channelAccountId } = event;
    if (act.type !== 'reply') return this.tell(desk, post, event, words);
    const parts = [{ type: 'text' as const, text: words }];
    const url = `${this.config.PUBLIC_URL}/inbox/all/${post.ticketId}`;
    const content = { from: 'trouble' as const, author: sender.displayName ?? sender.externalId, parts, url };
    const key = `${actId(channelAccountId, dedupeKey)}:refused`;
    await desk
      .say(post.ref ?? '', { key, content, again: new Date(occurredAt) })
      .catch((error: unknown) => this.quiet('A desk could not be told that an answer did not go out', event, error));
  }

  private async show(desk: Desk, post: DeskPost, event: Acted, done: Done): Promise<void> {
    if (done.words !== undefined) await this.tell(desk, post, event, done.words);
    if (done.sign === undefined) return;
    await desk
      .sign(post.ref ?? '', event.messageExternalId, done.sign)
      .catch((error: unknown) => this.quiet('A mark could not be set at a desk', event, error));
  }

  /** In the thread's view of the one person whom it concerns; it is only told, what counts is done. */
  private async tell(desk: Desk, post: DeskPost, event: Acted, words: string): Promise<void> {
    await desk
      .tell(post.ref ?? '', event.sender.externalId, words)
      .catch((error: unknown) => this.quiet('Somebody at a desk could not be told what became of it', event, error));
  }

  private quiet(what: string, { channelAccountId, eventId }: Acted, error: unknown): void {
    if (!(error instanceof ConnectorError)) throw error;
    this.log.warn(what, { channelAccountId, eventId, error });
  }

  private async end(_id: string, state: 'done' | 'refused', agentId: string | null): Promise<void> {
    await this.acts.updateOne({ _id }, { $set: { state, agentId } });
  }
}

const nextSteps: Partial<Record<HubError['code'], string>> = {
  changed: ' Read what is new in the thread, then send your answer again.',
  invalid: ' Mend it and write it again, or open the ticket in the console.',
  conflict: ' Look at the ticket in the console.',
  'too-large': ' Send a smaller one.',
  'not-found': ' Ask a supervisor for access to its queue.',
};
