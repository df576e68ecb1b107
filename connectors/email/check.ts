import type { ConnectorContext, Health, Outlook } from '@switchboard/contract';
import type { ImapFlow } from 'imapflow';
import { certificateOf, ownCertificate, soonest, type Expiry } from './certificate.ts';
import { verifySmtp } from './deliver/smtp-session.ts';
import { smtpError } from './deliver/smtp-errors.ts';
import { imapError, openImap, parseCursor, uidsBeyond } from './receive/imap-receiver.ts';
import type { EmailSettings, ImapSettings } from './settings.ts';

type Cursor = Pick<ConnectorContext, 'loadCursor'>;
interface Found {
  readonly expires: Expiry | null;
  readonly behind?: Outlook['behind'];
}

/** Mails beyond the cursor. Of a mailbox that was not read yet, or was numbered anew, nobody knows. */
const behindOf = async (client: ImapFlow, { loadCursor }: Cursor): Promise<Outlook['behind']> => {
  const cursor = parseCursor(await loadCursor());
  if (!client.mailbox || cursor?.validity !== String(client.mailbox.uidValidity)) return undefined;
  const waiting = await uidsBeyond(client, cursor.uid);
  const oldest = waiting[0];
  if (oldest === undefined) return { count: 0 };
  const mail = await client.fetchOne(String(oldest), { internalDate: true }, { uid: true });
  const since = mail ? mail.internalDate : undefined;
  return { count: waiting.length, ...(since !== undefined && { since: new Date(since) }) };
};

const checkImap = async (settings: ImapSettings, cursor: Cursor): Promise<Found> => {
  const client = openImap(settings, 8_000);
  try {
    await client.connect();
    const expires = certificateOf((client as ImapFlow & { socket?: unknown }).socket, settings.host);
    await client.mailboxOpen(settings.mailbox, { readOnly: true });
    const behind = await behindOf(client, cursor);
    await client.logout();
    return { expires, behind };
  } catch (error) {
    throw imapError(error);
  } finally {
    client.close();
  }
};

/** Signs in at both servers and leaves again. The receiver of our own needs no look. */
export const checkEmail = async ({ inbound, outbound }: EmailSettings, cursor: Cursor): Promise<Health> => {
  const sending = verifySmtp(outbound);
  const receiving: Promise<Found> =
    inbound.mode === 'imap'
      ? checkImap(inbound, cursor)
      : Promise.resolve({ expires: ownCertificate(inbound.certificate) });
  const [sent, received] = await Promise.allSettled([sending, receiving]);
  const failed = [sent, received].find((result) => result.status === 'rejected');
  if (failed !== undefined || sent.status === 'rejected' || received.status === 'rejected') {
    const { code, message } = smtpError(failed?.reason, false);
    return { ok: false, code, message };
  }
  const { behind } = received.value;
  const expires = soonest(sent.value, received.value.expires);
  return {
    ok: true,
    detail: inbound.mode === 'imap' ? 'IMAP and SMTP answer' : `SMTP answers; mail is taken on port ${inbound.port}`,
    ...(expires !== null && { expires }),
    ...(behind !== undefined && { behind }),
  };
};
