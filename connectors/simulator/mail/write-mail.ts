import MailComposer from 'nodemailer/lib/mail-composer';
import type { Person } from '../cast/people.ts';
import type { SentFile } from '../files.ts';
import { shop } from '../shop.ts';

/** A mail of ours that the customer answers. */
export interface Answered {
  readonly messageId: string;
  readonly references: readonly string[];
  readonly at: Date;
  readonly text: string;
}

export interface Written {
  readonly from: Person;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly at: Date;
  readonly answers?: Answered | undefined;
  readonly file?: SentFile | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const re = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);
const quote = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

const dayOf = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
});

/** As mail programs do it: the new words above, what is answered quoted below. */
const bodyOf = ({ text, answers }: Written): string =>
  answers
    ? `${text}\n\nOn ${dayOf.format(answers.at)}, ${shop.name} <${shop.mailbox}> wrote:\n\n${quote(answers.text)}\n`
    : `${text}\n`;

const build = (options: ConstructorParameters<typeof MailComposer>[0]): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    new MailComposer({ disableFileAccess: true, disableUrlAccess: true, ...options })
      .compile()
      .build((error, mail) => (error ? reject(error) : resolve(mail))),
  );

export const writeMail = (written: Written): Promise<Buffer> => {
  const { from, to, subject, messageId, at, answers, file, headers } = written;
  return build({
    from: { name: from.name, address: from.email },
    to: { name: shop.name, address: to },
    subject: answers ? re(subject) : subject,
    text: bodyOf(written),
    messageId: `<${messageId}>`,
    date: at,
    ...(answers && {
      inReplyTo: `<${answers.messageId}>`,
      references: [...answers.references, answers.messageId].map((id) => `<${id}>`),
    }),
    ...(file && { attachments: [{ filename: file.fileName, contentType: file.mimeType, content: file.bytes }] }),
    ...(headers && { headers }),
  });
};

/** What a mail server says when the mailbox is gone (RFC 3464). */
export const writeBounce = (recipient: string, messageId: string, at: Date): string => {
  const boundary = `report-${messageId.slice(0, 12).replace(/\W/g, '')}`;
  return [
    'From: Mail Delivery System <MAILER-DAEMON@mail.example>',
    `To: ${shop.mailbox}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${at.toUTCString()}`,
    `Message-ID: <bounce.${at.getTime()}.${messageId.replace(/[^\w.]/g, '')}@mail.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your message to <${recipient}> could not be delivered:`,
    '550 5.1.1 The mailbox does not exist.',
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 The mailbox does not exist',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    `From: ${shop.mailbox}`,
    `To: ${recipient}`,
    `Message-ID: <${messageId}>`,
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n');
};
