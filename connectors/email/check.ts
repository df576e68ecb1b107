import type { Health } from '@switchboard/contract';
import { verifySmtp } from './deliver/smtp-session.ts';
import { smtpError } from './deliver/smtp-errors.ts';
import { imapError, openImap } from './receive/imap-receiver.ts';
import type { EmailSettings, ImapSettings } from './settings.ts';

const checkImap = async (settings: ImapSettings): Promise<void> => {
  const client = openImap(settings, 8_000);
  try {
    await client.connect();
    await client.mailboxOpen(settings.mailbox, { readOnly: true });
    await client.logout();
  } catch (error) {
    throw imapError(error);
  } finally {
    client.close();
  }
};

/** Signs in at both servers and leaves again. The receiver of our own needs no look. */
export const checkEmail = async ({ inbound, outbound }: EmailSettings): Promise<Health> => {
  const tries = [verifySmtp(outbound), ...(inbound.mode === 'imap' ? [checkImap(inbound)] : [])];
  const [failed] = (await Promise.allSettled(tries)).filter((result) => result.status === 'rejected');
  if (!failed)
    return {
      ok: true,
      detail: inbound.mode === 'imap' ? 'IMAP and SMTP answer' : `SMTP answers; mail is taken on port ${inbound.port}`,
    };
  const { code, message } = smtpError(failed.reason, false);
  return { ok: false, code, message };
};
