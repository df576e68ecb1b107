import type { Mail, MailFile } from '../mail.ts';
import { addressesIn } from '../mailboxes.ts';
import type { BouncedRecipient, BounceState } from './bounced-recipient.ts';
import { afterType, fieldGroups, type Fields } from './fields.ts';
import { isHard, statusIn } from './hardness.ts';
import { noticeOf } from './notice.ts';
import { noticeText, returnedMail, type Returned } from './returned.ts';

const states: Readonly<Record<string, BounceState>> = {
  failed: 'failed',
  failure: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
};

const isStatusPart = (file: MailFile) => /^message\/(global-)?delivery-status$/.test(file.mimeType);

const recipientOf = (fields: Fields): string => {
  for (const name of ['original-recipient', 'final-recipient', 'x-actual-recipient']) {
    const address = addressesIn(afterType(fields.get(name)))[0];
    if (address) return address;
  }
  return '';
};

const clean = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 4000);

const fromFields = (fields: Fields, notice: string): BouncedRecipient | null => {
  const recipient = recipientOf(fields);
  if (!recipient) return null;
  const state = states[(fields.get('action') ?? 'failed').split(/[\s(]/)[0]?.toLowerCase() ?? ''] ?? 'failed';
  const diagnostic = afterType(fields.get('diagnostic-code'));
  const given = statusIn(fields.get('status') ?? '');
  // "5.0.0" and the like say nothing: what the far server wrote is more exact.
  const status = !given || /\.0\.0$/.test(given) ? (statusIn(diagnostic) ?? given) : given;
  const reason = clean(diagnostic || notice || (fields.get('status') ?? ''));
  return {
    recipient,
    state,
    reason,
    hard: state === 'failed' && isHard(reason, status, notice),
    ...(status && { status }),
  };
};

/** Whom a report is about that names nobody: whom the returned mail was for. */
const fallback = (mail: Mail, returned: Returned, notice: string): BouncedRecipient => {
  const recipient = addressesIn(returned.fields.get('to') ?? '')[0] ?? 'unknown';
  const status = statusIn(notice);
  return {
    recipient,
    state: 'failed',
    reason: clean(notice || mail.subject),
    hard: isHard(notice, status),
    ...(status && { status }),
  };
};

export interface BounceReport {
  readonly recipients: readonly BouncedRecipient[];
  readonly returned: Returned;
}

const unique = (recipients: readonly BouncedRecipient[]) => [
  ...new Map(recipients.map((one) => [one.recipient, one])).values(),
];

export const readBounce = (mail: Mail): BounceReport => {
  const returned = returnedMail(mail);
  const notice = noticeText(mail);
  // Some gateways report in words alone, others wrap another's report into theirs.
  const sources = [
    mail.files.filter(isStatusPart).map((file) => file.text ?? ''),
    [notice],
    mail.files.map((file) => file.text ?? ''),
  ];
  const groups =
    sources
      .map((texts) => texts.flatMap(fieldGroups).filter((fields) => recipientOf(fields) !== ''))
      .find((found) => found.length > 0) ?? [];
  const told = noticeOf(mail, notice, returned);
  const reported = unique(
    groups.flatMap(
      (fields) => fromFields(fields, told.find((one) => one.recipient === recipientOf(fields))?.reason ?? notice) ?? [],
    ),
  );
  const recipients = reported.length > 0 ? reported : unique(told);
  return { returned, recipients: recipients.length > 0 ? recipients : [fallback(mail, returned, notice)] };
};
