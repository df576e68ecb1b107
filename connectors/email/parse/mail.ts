/** A mail as it was read, before anyone judges what it is. Plain data. */
export interface Mail {
  /** Lower-case name → values as they stand in the header, unfolded, newest first. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly contentType: string;
  /** `report-type` of a multipart/report. */
  readonly reportType: string;
  readonly subject: string;
  readonly from: Mailbox | null;
  readonly replyTo: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly date: Date | null;
  /** Without brackets, as in all the other fields here. */
  readonly messageId: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly files: readonly MailFile[];
}

export interface Mailbox {
  /** Lower case. */
  readonly address: string;
  readonly name?: string;
}

export interface MailFile {
  /** `part:<index>` is the file's MediaRef.source. */
  readonly index: number;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly contentId?: string;
  /** Only of the parts that machines write for machines (reports, returned mails): their text, cut at 256 KB. */
  readonly text?: string;
}

export const header = (mail: Pick<Mail, 'headers'>, name: string): string => mail.headers.get(name)?.[0] ?? '';

/** A mail with what its reading depends on. */
export interface Reading {
  readonly mail: Mail;
  /** Our own addresses, lower case. */
  readonly ours: readonly string[];
  readonly key: Buffer;
  readonly receivedAt: Date;
}
