import { header, type Mail } from '../mail.ts';
import { addressesIn } from '../mailboxes.ts';
import { isHard, serverReplies, statusIn } from './hardness.ts';
import type { BouncedRecipient } from './bounced-recipient.ts';
import type { Returned } from './returned.ts';

const delayWords =
  /\b(delay(ed)?|still being retried|will (be retried|keep trying|continue|retry)|not yet been delivered|warning (only|message)|no action is required|could not be delivered for more than)\b/i;
const finalWords = /permanent|gave up|given up|giving up|could not be delivered to one|failed permanently|fatal error/i;

/** Amazon's notifications are JSON: https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html */
const amazonJson = (text: string): BouncedRecipient[] => {
  const plain = text.replaceAll('\\"', '"');
  if (!plain.trimStart().startsWith('{') || !plain.includes('"bouncedRecipients"')) return [];
  const entries = [...plain.matchAll(/\{"emailAddress":"([^"]+)"([^}]*)\}/g)];
  return entries.map(([, address, rest]) => {
    const status = /"status":"([\d.]+)"/.exec(rest ?? '')?.[1];
    const reason = /"diagnosticCode":"([^"]*)"/.exec(rest ?? '')?.[1] ?? 'bounced';
    const recipient = (address ?? '').toLowerCase();
    return { recipient, state: 'failed', reason, hard: isHard(reason, status), ...(status && { status }) };
  });
};

/** An address that stands alone, in brackets, or after "To:" on its line is spoken of; one inside a sentence may be anyone's. */
const prominent = (line: string, address: string): boolean => {
  const at = line.toLowerCase().indexOf(address);
  return (
    at >= 0 &&
    /^[\s*<"'([=>-]*((final-|original-)?recipients?|to|address|rcpt to|could not be delivered to|user)?\s*[:<"'(\s-]*$/i.test(
      line.slice(0, at),
    )
  );
};

const spokenOf = (mail: Mail, notice: string, returned: Returned): string[] => {
  const failed = addressesIn(mail.headers.get('x-failed-recipients')?.join(' ') ?? '');
  if (failed.length > 0) return failed;
  const ours = new Set([
    ...mail.to.map((to) => to.address),
    mail.from?.address,
    ...addressesIn(header(mail, 'return-path')),
  ]);
  const named = addressesIn(notice).filter((address) => !ours.has(address));
  const originals = new Set(addressesIn([returned.fields.get('to'), returned.fields.get('cc')].join(' ')));
  const lines = notice.split('\n');
  const sure = named.filter((address) => originals.has(address) || lines.some((line) => prominent(line, address)));
  const known = named.filter((address) => originals.has(address));
  return known.length > 0 && sure.length > known.length + 3 ? known : sure.length > 0 ? sure : named.slice(0, 1);
};

/** What is said from the first mention of a recipient to the first mention of the next. */
const passages = (notice: string, recipients: readonly string[]): string[] => {
  const lower = notice.toLowerCase();
  const starts = recipients.map((recipient) => lower.indexOf(recipient));
  return starts.map((start, index) => {
    const later = starts.filter((other, at) => at !== index && other > start);
    if (start < 0 || recipients.length === 1) return notice;
    return notice.slice(start, later.length > 0 ? Math.min(...later) : undefined);
  });
};

/** A report in words alone (RFC 3464 came late, and not to all). */
export const noticeOf = (mail: Mail, notice: string, returned: Returned): BouncedRecipient[] => {
  const json = amazonJson(mail.text);
  if (json.length > 0) return json;
  const recipients = spokenOf(mail, notice, returned);
  const delayed = delayWords.test(`${mail.subject}\n${notice}`) && !finalWords.test(notice);
  return passages(notice, recipients).map((passage, index): BouncedRecipient => {
    const status = statusIn(passage) ?? statusIn(notice);
    const reason = (serverReplies(passage) || passage).replace(/\s+/g, ' ').trim().slice(0, 4000) || mail.subject;
    return {
      recipient: recipients[index] ?? '',
      state: delayed ? 'delayed' : 'failed',
      reason,
      hard: !delayed && isHard(passage, status, notice),
      ...(status && { status }),
    };
  });
};
