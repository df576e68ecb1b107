import { describe, expect, it } from '@jest/globals';
import { isHard } from './hardness.ts';

const hard: readonly string[] = [
  '550 5.1.1 <jane@example.com>... User unknown',
  '550 No such user here',
  '550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address.',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  "554 delivery error: dd This user doesn't have a example.com account",
  'Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found',
  'Unrouteable address',
  '556 5.1.10 Recipient address has null MX',
  '550 5.1.6 Recipient has moved, please see http://example.com/',
  '550 Mailbox unavailable',
  '550 Empfänger unbekannt',
  '550 Requested action not taken: mailbox unavailable',
];

const soft: readonly string[] = [
  '552 5.2.2 Mailbox full',
  '550 5.2.2 <jane@example.com>: The email account that you tried to reach is over quota.',
  '450 4.2.0 Greylisted, please try again later',
  '450 4.1.1 User unknown, for now',
  '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
  '550 5.7.26 This mail is unauthenticated. DMARC policy',
  '550 5.7.1 Relaying denied',
  '552 5.3.4 Message size exceeds fixed maximum message size',
  '550 5.2.1 The email account that you tried to reach is disabled.',
  '550 5.1.8 Sender address rejected: Domain not found',
  'SMTP error from remote mail server after MAIL FROM:<us@example.org>: 550 No such domain',
  'host mx.example.com said: 550 User unknown (in reply to end of DATA command)',
  'retry timeout exceeded',
  '554 5.4.14 Hop count exceeded - possible mail loop',
  '421 4.4.2 Connection timed out',
  'Something went wrong',
];

describe('a bounce', () => {
  for (const said of hard) it(`is hard: ${said}`, () => expect(isHard(said, undefined)).toBe(true));
  for (const said of soft) it(`is soft: ${said}`, () => expect(isHard(said, undefined)).toBe(false));

  it('goes by its status where its words say nothing', () => {
    expect(isHard('550 sorry', '5.1.1')).toBe(true);
    expect(isHard('550 sorry', '5.7.1')).toBe(false);
  });

  it('goes by its words where its status says otherwise', () => {
    expect(isHard('550 mailbox full', '5.1.1')).toBe(false);
    expect(isHard('550 no such user', '5.0.0')).toBe(true);
  });
});
