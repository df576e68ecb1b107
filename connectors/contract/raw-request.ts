/** One inbound thing as it arrived: a webhook, a mail, a frame of a visitor's socket. Kept raw before anyone reads it. */
export interface RawRequest {
  readonly method: string;
  /** The public URL as the provider called it (signatures cover it). Listeners use a URI of their own, such as `imap:`. */
  readonly url: string;
  /** The path below the account's webhook address: '' or a name such as 'status'. */
  readonly hook: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
  /** When the hub got it; parse uses it where the payload has no time of its own. */
  readonly receivedAt: Date;
}
declare const verified: unique symbol;
/** Only `verify`, `admit` or a listener's own `receive` makes one: parsing an unverified request does not compile. */
export type VerifiedRequest = RawRequest & { readonly [verified]: true };
