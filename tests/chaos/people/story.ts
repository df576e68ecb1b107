import type { ChannelKind } from '@switchboard/contract';

export interface Said {
  readonly channel: ChannelKind;
  readonly text: string;
}
export interface Replied extends Said {
  readonly ticketId: string;
  readonly entryId: string;
}

/** A reply that could be undone, or had its time: it goes out once, or comes back. */
export interface Held extends Said {
  readonly ticketId: string;
  /** `undone`: the hub has said that it won't go out. `asked`: whether it was taken is not known, it had gone by then. */
  outcome: 'asked' | 'taken' | 'undone';
}

/** What the hubs have said yes to: all of it must be there in the end. */
export class Story {
  readonly said: Said[] = [];
  readonly replied: Replied[] = [];
  readonly held: Held[] = [];
  /** What went wrong for good where nothing may: such as a mail that was refused for ever. */
  readonly grievances: string[] = [];
}
