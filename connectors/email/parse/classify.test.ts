import { describe, expect, it } from '@jest/globals';
import { classify, type MailKind } from './classify.ts';
import { readMail } from './read-mail.ts';

const kindOf = async (headers: readonly string[], body: string): Promise<MailKind> =>
  classify(await readMail(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`)));

const person = ['From: Jane Doe <jane@example.com>', 'To: support@example.org', 'Message-ID: <1@example.com>'];
const system = ['From: Mail Delivery System <MAILER-DAEMON@example.com>', 'To: support@example.org'];
const answer = [...person, 'In-Reply-To: <ours@example.org>'];

const humans: readonly (readonly [name: string, headers: readonly string[], body: string])[] = [
  ['a question', [...person, 'Subject: Order'], 'Where is it?'],
  [
    'a question about mails that bounce',
    [...person, 'Subject: Undeliverable mail'],
    'Hello, my mail to you could not be delivered. 550 User unknown, it says. Why?',
  ],
  [
    'a bounce that a person forwards',
    [...person, 'Subject: Fwd: Undelivered Mail Returned to Sender'],
    'See below.\n\n> This is the mail system at host mx.\n> could not be delivered',
  ],
  [
    'an answer to a bounce',
    [...person, 'Subject: Re: Delivery Status Notification (Failure)'],
    'What is this? Message could not be delivered?',
  ],
  ['a mail about leave', [...person, 'Subject: On leave: who takes over my contract?'], 'I am on leave from May.'],
  ['a mail about a car', [...person, 'Subject: Auto: Anfrage'], 'Ich suche ein Auto.'],
  ['a mail about the out-of-office assistant', [...person, 'Subject: How do I set my out of office?'], 'How?'],
  ['a mail through a mailing list', [...person, 'Subject: Hi', 'Precedence: list', 'List-Id: <x.example.org>'], 'Hi'],
  [
    'an Exchange mail that wants no automatic answers',
    [...person, 'Subject: Hi', 'X-Auto-Response-Suppress: All'],
    'Hi',
  ],
  ['Auto-Submitted: no', [...person, 'Subject: Hi', 'Auto-Submitted: no'], 'Hi'],
  [
    'a person called Postmaster',
    ['From: Tom Postmaster <tom@example.com>', 'Subject: Delivery of my parcel'],
    'Where is my parcel? It was not delivered to my house.',
  ],
  [
    'a parcel that did not come',
    [...person, 'Subject: Delivery failed'],
    'The parcel could not be delivered. Please send it again.',
  ],
  [
    'a form that sends without a return path',
    ['Return-Path: <>', ...person, 'Subject: Contact form'],
    'Please call me',
  ],
  ['a bulk mail that answers nothing', [...person, 'Subject: News', 'Precedence: bulk'], 'News'],
];

const machines: readonly (readonly [name: string, kind: MailKind, headers: readonly string[], body: string])[] = [
  [
    'a report in words',
    'bounce',
    [...system, 'Subject: failure notice'],
    'Hi. This is the qmail-send program.\n<jane@example.com>:\n550 no such user',
  ],
  [
    'a report without a From',
    'bounce',
    ['To: support@example.org', 'Subject: Undelivered Mail Returned to Sender'],
    'could not be delivered',
  ],
  [
    'a report by X-Failed-Recipients',
    'bounce',
    [...person, 'X-Failed-Recipients: jane@example.com', 'Subject: x'],
    'x',
  ],
  [
    'a report in German',
    'bounce',
    ['Return-Path: <>', 'From: x@example.com', 'Subject: Unzustellbar: Auftrag'],
    'Ihre Nachricht konnte nicht zugestellt werden.',
  ],
  [
    'a report in Japanese',
    'bounce',
    [...system, 'Subject: =?utf-8?B?6YWN5L+h5LiN6IO9?='],
    '次の宛先にメールを配信できませんでした',
  ],
  ['a daemon in words unknown to us', 'auto-reply', [...system, 'Subject: qapla'], 'nuqneH'],
  ['an RFC 3834 answer', 'auto-reply', [...answer, 'Auto-Submitted: auto-replied', 'Subject: Re: Order'], 'Thank you.'],
  ['a generated mail', 'auto-reply', [...person, 'Auto-Submitted: auto-generated', 'Subject: Disk full'], 'x'],
  ['an answer without a return path', 'auto-reply', ['Return-Path: <>', ...answer, 'Subject: Re: Order'], 'I am away.'],
  ['Exchange', 'auto-reply', [...answer, 'Subject: Automatic reply: Order'], 'I am away.'],
  ['Exchange in German', 'auto-reply', [...answer, 'Subject: Automatische Antwort: Auftrag'], 'Ich bin weg.'],
  [
    'Exchange in French',
    'auto-reply',
    [...answer, 'Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Commande?='],
    'Absent.',
  ],
  ['Exchange in Japanese', 'auto-reply', [...answer, 'Subject: =?utf-8?B?6Ieq5YuV5b+c562UOiDms6jmloc=?='], '不在です'],
  ['an old vacation program', 'auto-reply', [...answer, 'Precedence: bulk', 'Subject: away from my mail'], 'Away.'],
  ['a leave message in answer to a mail', 'auto-reply', [...answer, 'Subject: On vacation until 3 May'], 'Away.'],
  [
    'a complaint by Hotmail',
    'complaint',
    ['From: staff@hotmail.com', 'Subject: complaint about message from 192.0.2.1'],
    'x',
  ],
];

describe('a human mail', () => {
  for (const [name, headers, body] of humans)
    it(`is one: ${name}`, async () => expect(await kindOf(headers, body)).toBe('human'));
});

describe('a machine', () => {
  for (const [name, kind, headers, body] of machines)
    it(`is told, as ${kind}: ${name}`, async () => expect(await kindOf(headers, body)).toBe(kind));
});
