import type { ChannelKind } from '@switchboard/contract';

export interface Said {
  readonly channel: ChannelKind;
  readonly text: string;
}
export interface Replied extends Said {
  readonly ticketId: string;
  readonly entryId: string;
}

/** What the hubs have said yes to: all of it must be there in the end. */
export class Story {
  readonly said: Said[] = [];
  readonly replied: Replied[] = [];
  /** What went wrong for good where nothing may: such as a mail that was refused for ever. */
  readonly grievances: string[] = [];
}
