import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import { MEDIA } from '../../platform/tokens.ts';

type MayRead = (caller: Caller, mediaId: string) => Promise<boolean>;

/** Whoever handed a file in may look at it, and whoever may read what it is part of: the module that keeps that says so here. */
@Injectable()
export class MediaAccess {
  private readonly grants: MayRead[] = [];

  constructor(@Inject(MEDIA) private readonly media: MediaStore) {}

  grantTo(mayRead: MayRead): void {
    this.grants.push(mayRead);
  }

  /** One that may not be seen is answered like one that is not there. */
  async require(caller: Caller, mediaId: string): Promise<void> {
    const info = await this.media.info(mediaId);
    if (info?.uploadedBy === caller.id) return;
    for (const mayRead of info === null ? [] : this.grants) if (await mayRead(caller, mediaId)) return;
    throw new HubError('not-found', 'There is no such file, or it is in a conversation of others');
  }
}
