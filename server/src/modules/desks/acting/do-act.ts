import { Inject, Injectable } from '@nestjs/common';
import type { ContentPart, DeskAct, InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { NEW_ID } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { RawStore } from '../../ingress/index.ts';
import { KeepMedia } from '../../media/index.ts';
import { AddNote, ReplyTargets, SendReply, TicketAccess, UpdateTicket } from '../../tickets/index.ts';
import { actId, type StoredAct } from '../desk-act.schema.ts';
import type { DeskPost } from '../desk-post.schema.ts';

export interface Acting {
  readonly open: OpenChannel;
  readonly post: DeskPost;
  readonly event: InboundEventOf<'desk.acted'>;
  /** The act's own. */
  readonly id: string;
}
/** What the agent is to see of it. */
export interface Done {
  readonly sign?: 'sent' | 'noted';
  readonly words?: string;
}
type Does = {
  [T in DeskAct['type']]: (caller: Caller, acting: Acting, act: Extract<DeskAct, { type: T }>) => Promise<Done>;
};

const LARGEST_FILE = 30_000_000;

/** Each act of a desk ends in the use case that the console calls, with its checks of rights and its idempotency. */
@Injectable()
export class DoAct {
  constructor(
    @Inject('deskacts') private readonly acts: Model<StoredAct>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ReplyTargets) private readonly targets: ReplyTargets,
    @Inject(SendReply) private readonly sending: SendReply,
    @Inject(AddNote) private readonly noting: AddNote,
    @Inject(UpdateTicket) private readonly updating: UpdateTicket,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(KeepMedia) private readonly keep: KeepMedia,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Throws HubErrors that are for the agent. */
  run(caller: Caller, acting: Acting): Promise<Done> {
    const { act } = acting.event;
    const perform = this.does[act.type] as (caller: Caller, acting: Acting, act: DeskAct) => Promise<Done>;
    return perform(caller, acting, act);
  }

  private readonly does: Does = {
    reply: (caller, acting, { parts }) => this.reply(caller, acting, parts),
    note: async (caller, { post, id }, { text, files }) => {
      if (text === '') throw new HubError('invalid', 'A private note needs words after the two slashes.');
      await this.noting.run(caller, post.ticketId, { clientId: id, text });
      return {
        sign: 'noted',
        ...(files > 0 && { words: 'The note is kept. Notes hold no files: they stay here alone.' }),
      };
    },
    take: async (caller, { post }) => {
      const { assigneeId } = await this.access.require(caller, post.ticketId);
      if (assigneeId !== null && assigneeId !== caller.id) return { words: await this.takenBy(assigneeId) };
      await this.updating.run(caller, post.ticketId, { assigneeId: caller.id });
      return {};
    },
    resolve: async (caller, { post }) => {
      await this.updating.run(caller, post.ticketId, { status: 'resolved' });
      return {};
    },
    changed: (_, { event }, { to }) => this.changed(event, to),
  };

  private async reply(caller: Caller, { open, post, event, id }: Acting, said: readonly ContentPart[]): Promise<Done> {
    const ticket = await this.access.require(caller, post.ticketId);
    const [target] = await this.targets.of(ticket);
    if (target === undefined)
      throw new HubError('invalid', 'There is no way to write to this customer: they were on the phone.');
    const way = await this.channels.open(target.channelAccountId);
    const takesHtml = way?.connector.capabilities.content.text.html ?? false;
    const carried = said.filter(({ type }) => type !== 'html' || takesHtml);
    const parts = await this.withFiles(caller, open, event, carried);
    const seenSeq = seenBy(post, new Date(event.occurredAt));
    await this.sending.run(caller, ticket._id, {
      clientId: id,
      threadId: target.threadId,
      parts,
      seenSeq,
      force: false,
    });
    return { sign: 'sent' };
  }

  /** The provider's files become the hub's, handed in by the agent. */
  private async withFiles(
    caller: Caller,
    { channel }: OpenChannel,
    event: Acting['event'],
    parts: readonly ContentPart[],
  ): Promise<ContentPart[]> {
    const held: ContentPart[] = [];
    for (const part of parts) {
      if (part.type !== 'media') {
        held.push(part);
        continue;
      }
      const { source, fileName = 'file', problem } = part.media;
      if (channel.openMedia === undefined || problem !== undefined)
        throw new HubError('invalid', `${fileName} could not be fetched. ${problem ?? ''}`.trim());
      const content = await channel.openMedia(source, () => this.raws.load(event.rawRef ?? ''));
      const file = { mediaId: this.newId(), fileName, largest: LARGEST_FILE, uploadedBy: caller.id };
      const kept = await this.keep.run(file, content);
      held.push({ ...part, media: { source: `media:${kept.mediaId}`, ...kept } });
    }
    return held;
  }

  /** What customers have got, and what colleagues have read, does not change by what is done at a desk; whoever thinks so is told. */
  private async changed(event: Acting['event'], to: 'edited' | 'deleted'): Promise<Done> {
    const said = actId(event.channelAccountId, `desk:${event.place}:${event.messageExternalId}`);
    const act = await this.acts.findById(said).lean<StoredAct>();
    if (act === null || act.state !== 'done') return {};
    if (act.type === 'note')
      return { words: `The note in the console stays as it was: notes can’t be ${to} from here.` };
    if (act.type !== 'reply') return {};
    const verb = to === 'edited' ? 'edited' : 'taken back';
    return {
      words: `What the customer got stays as it was: a sent answer can’t be ${verb} from here. Write a correction in the thread, or open the ticket in the console.`,
    };
  }

  private async takenBy(agentId: string): Promise<string> {
    const name = (await this.agents.names([agentId])).get(agentId)?.name ?? 'A colleague';
    return `${name} has it already. Ask them, or assign it to yourself in the console.`;
  }
}

/** The last change that stood in the thread when the agent wrote. */
const seenBy = ({ told }: DeskPost, at: Date): number =>
  Math.max(0, ...told.filter((one) => new Date(one.at) <= at).map(({ seq }) => seq));
