import { Inject, Injectable } from '@nestjs/common';
import type { NewId } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG, NEW_ID } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { RawStore } from '../ingress/index.ts';
import { KeepMedia, MediaAccess } from '../media/index.ts';
import { TicketAccess } from '../tickets/index.ts';
import type { Call, Recording } from './call.schema.ts';
import { Calls } from './calls.ts';
import { SettleCall } from './settle-call.ts';

const MOST_TRIES = 5;
const LARGEST = 200_000_000;

/** Brings the sound of calls and messages into the hub, where who may read the ticket may hear it. */
@Injectable()
export class FetchRecording {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(KeepMedia) private readonly keep: KeepMedia,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
    @Inject(MediaAccess) media: MediaAccess,
    @Inject(TicketAccess) tickets: TicketAccess,
  ) {
    media.grantTo(async (caller, mediaId) => {
      const ticketId = (await this.calls.ofMedia(mediaId))?.ticketId;
      return ticketId != null && (await tickets.may(caller, ticketId));
    });
  }

  async run(callId: string, attempt: number): Promise<void> {
    const call = await this.calls.byId(callId);
    const wanted = call?.recordings.filter(
      ({ source, mediaId, state }) => source !== null && mediaId === null && state === 'completed',
    );
    for (const recording of wanted ?? []) {
      const kept = await this.fetch(call as Call, recording).catch((error: unknown) => {
        this.log.warn('A recording could not be fetched', { callId, recordingId: recording.id, attempt, error });
        if (attempt < MOST_TRIES) throw error;
        return { state: 'failed' as const };
      });
      const { call: changed } = await this.calls.change(callId, (now) => ({
        ...now,
        recordings: now.recordings.map((each) => (each.id === recording.id ? { ...each, ...kept } : each)),
      }));
      await this.settle.run(changed);
    }
  }

  private async fetch(call: Call, { source, rawRef, of }: Recording): Promise<Pick<Recording, 'mediaId'>> {
    const open = await this.channels.open(call.channelAccountId);
    if (open?.channel.openMedia === undefined) throw new Error('The channel is off, or has no recordings');
    const content = await open.channel.openMedia(source ?? '', () => this.raws.load(rawRef ?? ''));
    const fileName = of === 'voicemail' ? 'voicemail' : 'call';
    const { mediaId } = await this.keep.run({ mediaId: this.newId(), fileName, largest: LARGEST }, content);
    return { mediaId };
  }
}
