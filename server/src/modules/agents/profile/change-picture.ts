import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { NewId } from '../../../platform/clock/clock.ts';
import type { Caller, HubRequest } from '../../../platform/http/hub-request.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { MediaStore } from '../../../platform/media/media-store.ts';
import { LOG, MEDIA, NEW_ID } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { sniffType } from '../../media/index.ts';
import { Agents } from '../agents.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { Sessions } from '../sessions/sessions.ts';
import { pictureFile, type Agent } from '../agent.schema.ts';

/** Consoles crop to a small square before they send: this leaves room for those who call the API by hand. */
const LARGEST = 1_048_576;
const taken = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** The picture of an agent, by its owner or an administrator; the old one goes. */
@Injectable()
export class ChangePicture {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async set(caller: Caller, agentId: string, request: HubRequest): Promise<Agent> {
    const content = await contentOf(request);
    const mimeType = await sniffType(content, '');
    if (!taken.has(mimeType)) throw new HubError('invalid', 'A picture must be a PNG, JPEG or WebP file');
    // Every upload is a file of its own: removing the one before it can never take this one away.
    const picture = this.newId();
    await this.media.put(pictureFile(agentId, picture), { fileName: 'picture', mimeType }, Readable.from([content]));
    return this.change(caller, agentId, picture);
  }

  remove(caller: Caller, agentId: string): Promise<Agent> {
    return this.change(caller, agentId, null);
  }

  private async change(caller: Caller, agentId: string, picture: string | null): Promise<Agent> {
    const before = await this.agents.findOneAndUpdate({ _id: agentId }, { $set: { picture } }).lean<Agent>();
    if (before === null) throw new HubError('not-found', 'There is no such agent');
    if (before.picture !== picture) await this.forget(agentId, before.picture);
    if (caller.id !== agentId) {
      const action = picture === null ? 'agent.picture-removed' : 'agent.picture-changed';
      await this.audit.record({ caller, action, subject: agentId });
    }
    await this.sessions.readAnew();
    await this.directory.facesChanged();
    this.consoles.stale('agents');
    return { ...before, picture };
  }

  private async forget(agentId: string, picture: string | null | undefined): Promise<void> {
    if (!picture) return;
    try {
      await this.media.remove(pictureFile(agentId, picture));
    } catch (error) {
      // It is no longer shown either way; only its bytes are left.
      this.log.warn('An old picture could not be removed', { agentId, error });
    }
  }
}

async function contentOf(request: HubRequest): Promise<Buffer> {
  // One byte more than allowed, so that a file of exactly the limit is told from a larger one that was cut.
  const file = await request.file({ limits: { fileSize: LARGEST + 1 } });
  if (file === undefined) throw new HubError('invalid', 'No file was handed in');
  const chunks: Buffer[] = [];
  for await (const chunk of file.file) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  if (content.length > LARGEST) throw new HubError('too-large', 'The picture is larger than 1 MB');
  return content;
}
