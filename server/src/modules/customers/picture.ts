import { z } from 'zod';

/** What the hub knows of a customer's picture: its own copy, and what came of the last try to get one. */
export interface Picture {
  /** The copy in the media store; null: there is none. */
  readonly mediaId: string | null;
  /** SHA-256 of it, in hex. */
  readonly digest: string | null;
  /** What it was fetched from, or would have been (`sourceKey`). */
  readonly source: string;
  readonly at: Date;
  readonly failed: boolean;
  /** The copy before it, until that is removed. */
  readonly replaces: string | null;
}

/** On the bus: a message brought word of its sender's picture. */
export const PictureOffered = z.object({ customerId: z.string(), channelAccountId: z.string(), source: z.string() });
export type PictureOffered = z.infer<typeof PictureOffered>;
/** On the bus; which one it is now is read from the store. */
export const PictureChanged = z.object({ customerId: z.string() });
export type PictureChanged = z.infer<typeof PictureChanged>;

const MINUTE_MS = 60_000;
const AFTER_MS = { another: 10 * MINUTE_MS, failed: 60 * MINUTE_MS, same: 24 * 60 * MINUTE_MS } as const;

/** Signed addresses differ each time, and so do the hosts of a CDN: the path is what names a picture. */
export const sourceKey = (source: string): string =>
  /^https?:/.test(source) && URL.canParse(source) ? new URL(source).pathname : source;

/** Whether it is time to fetch it: who writes much is not fetched with each message. */
export function isDue(picture: Picture | undefined, source: string, now: Date): boolean {
  if (picture === undefined) return true;
  const is = picture.failed ? 'failed' : picture.source === sourceKey(source) ? 'same' : 'another';
  return now.getTime() - picture.at.getTime() >= AFTER_MS[is];
}

/** Below the hub's own address; whoever is signed in may look at customers. */
export const pictureAt = (mediaId: string | null | undefined): { avatarUrl?: string } =>
  mediaId ? { avatarUrl: `/api/v1/media/${mediaId}` } : {};
