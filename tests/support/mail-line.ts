import { createTransport, type SendMailOptions } from 'nodemailer';
import { simpleParser, type ParsedMail } from 'mailparser';
import { eventually, found } from './eventually.ts';
import { freePort, type TestHub } from './hub.ts';
import { startSmtpSink } from './smtp-sink.ts';

type Sink = Awaited<ReturnType<typeof startSmtpSink>>;

/** An e-mail account of a hub: its receiver, the server that its answers go to, and the customers' mail programs. */
export class MailLine {
  private constructor(
    readonly accountId: string,
    readonly address: string,
    readonly port: number,
    readonly sink: Sink,
  ) {}

  /** On the port of `beside`, where one is given: the receiver is shared. */
  static async of(hub: Pick<TestHub, 'admin'>, address: string, beside?: MailLine): Promise<MailLine> {
    const sink = await startSmtpSink();
    const port = beside?.port ?? (await freePort());
    const { id } = await hub.admin.call('channelAccounts.create', {
      body: {
        connectorId: 'email',
        name: address,
        settings: {
          address,
          displayName: 'Acme Support',
          inbound: { mode: 'receiver', port, host: '127.0.0.1' },
          outbound: { host: '127.0.0.1', port: sink.port, secure: false },
        },
      },
    });
    const line = new MailLine(id, address, port, sink);
    await eventually(() => line.program().verify());
    return line;
  }

  /** A mail over SMTP, to this account unless it says otherwise; gives its Message-ID without brackets. */
  async receives(mail: SendMailOptions): Promise<string> {
    const messageId = mail.messageId ?? `<${crypto.randomUUID()}@mail.example>`;
    await eventually(() => this.program().sendMail({ to: this.address, ...mail, messageId }));
    return messageId.slice(1, -1);
  }

  /** These very bytes. */
  async receivesRaw(from: string, raw: string): Promise<void> {
    await this.program().sendMail({ envelope: { from, to: this.address }, raw: raw.replace(/\r?\n/g, '\r\n') });
  }

  /** The answer that has these words, as the customer's mail program reads it. */
  async sent(words: string): Promise<ParsedMail> {
    return eventually(async () => {
      const mails = await Promise.all(this.sink.mails.map(({ raw }) => simpleParser(raw)));
      return found(
        `a mail with ${words}`,
        mails.find(({ text }) => text?.includes(words)),
      );
    });
  }

  private program() {
    return createTransport({ host: '127.0.0.1', port: this.port, ignoreTLS: true });
  }
}

/** What a mail server says about a mail that it could not hand over. RFC 3464. */
export const aBounce = (of: { messageId: string; recipient: string; to: string; id?: string }): string => `\
From: Mail Delivery System <mailer-daemon@mail.example>
To: ${of.to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <${of.id ?? crypto.randomUUID()}@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=part

--part
Content-Type: text/plain

Your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ${of.recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 The mailbox does not exist

--part
Content-Type: text/rfc822-headers

From: ${of.to}
To: ${of.recipient}
Message-ID: <${of.messageId}>

--part--
`;
