export type BounceState = 'failed' | 'delayed' | 'delivered';

/** What a report says of one recipient. */
export interface BouncedRecipient {
  readonly recipient: string;
  readonly state: BounceState;
  readonly status?: string;
  readonly reason: string;
  readonly hard: boolean;
}
