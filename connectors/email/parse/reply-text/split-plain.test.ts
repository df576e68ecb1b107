import { describe, expect, it } from '@jest/globals';
import { splitPlain } from './split-plain.ts';

const own = (text: string) => splitPlain(text).own;

/** As Gmail, Apple Mail, Thunderbird, Outlook.com, Yahoo and telephones write it above a quote. */
const attributions: readonly (readonly [language: string, line: string])[] = [
  ['English', 'On Tue, Mar 3, 2026 at 10:12 AM Jane Doe <jane@example.com> wrote:'],
  ['English', 'On 3 Mar 2026, at 10:12, Jane Doe <jane@example.com> wrote:'],
  ['English', 'On 03/03/2026 10:12 AM, Jane Doe wrote:'],
  ['English', 'On Tue, 2026-03-03 at 10:12 +0100, Jane Doe wrote:'],
  ['English', '--- On Tue, 3/3/26, Jane Doe <jane@example.com> wrote:'],
  ['English', 'Jane Doe <jane@example.com> wrote:'],
  ['English', 'jane via Example Forum wrote:'],
  ['English', 'Jane Doe wrote on Tue, 3 Mar 2026 at 10:12:'],
  ['German', 'Am Di., 3. März 2026 um 10:12 Uhr schrieb Jane Doe <jane@example.com>:'],
  ['German', 'Am 03.03.26 um 10:12 schrieb Jane Doe:'],
  ['German', 'Jane Doe <jane@example.com> schrieb am Di., 3. März 2026, 10:12:'],
  ['French', 'Le mar. 3 mars 2026 à 10:12, Jane Doe <jane@example.com> a écrit :'],
  ['French', 'Le 3 mars 2026 à 10:12, Jane Doe a écrit :'],
  ['Spanish', 'El mar, 3 mar 2026 a las 10:12, Jane Doe (<jane@example.com>) escribió:'],
  ['Italian', 'Il giorno mar 3 mar 2026 alle ore 10:12 Jane Doe <jane@example.com> ha scritto:'],
  ['Portuguese', 'Em ter., 3 de mar. de 2026 às 10:12, Jane Doe <jane@example.com> escreveu:'],
  ['Dutch', 'Op di 3 mrt 2026 om 10:12 schreef Jane Doe <jane@example.com>:'],
  ['Swedish', 'Den tis 3 mars 2026 kl 10:12 skrev Jane Doe <jane@example.com>:'],
  ['Danish', 'Den tirs. 3. mar. 2026 kl. 10.12 skrev Jane Doe <jane@example.com>:'],
  ['Norwegian', 'tir. 3. mars 2026 kl. 10:12 skrev Jane Doe <jane@example.com>:'],
  ['Finnish', 'ti 3. maalisk. 2026 klo 10.12 Jane Doe (jane@example.com) kirjoitti:'],
  ['Polish', 'wt., 3 mar 2026 o 10:12 Jane Doe <jane@example.com> napisał(a):'],
  ['Polish', 'W dniu 3.03.2026 o 10:12, Jane Doe pisze:'],
  ['Czech', 'út 3. 3. 2026 v 10:12 odesílatel Jane Doe <jane@example.com> napsal:'],
  ['Slovak', 'ut 3. 3. 2026 o 10:12 Jane Doe <jane@example.com> napísal(a):'],
  ['Russian', 'вт, 3 мар. 2026 г. в 10:12, Jane Doe <jane@example.com>:'],
  ['Russian', '3 марта 2026 г., в 10:12, Jane Doe <jane@example.com> написал(а):'],
  ['Ukrainian', 'вт, 3 бер. 2026 р. о 10:12 Jane Doe <jane@example.com> пише:'],
  ['Bulgarian', 'На вт, 3.03.2026 г. в 10:12 Jane Doe <jane@example.com> написа:'],
  ['Hungarian', 'Jane Doe <jane@example.com> ezt írta (időpont: 2026. márc. 3., K, 10:12):'],
  ['Turkish', 'Jane Doe <jane@example.com>, 3 Mar 2026 Sal, 10:12 tarihinde şunu yazdı:'],
  ['Greek', 'Στις Τρί 3 Μαρ 2026 στις 10:12, ο χρήστης Jane Doe <jane@example.com> έγραψε:'],
  ['Romanian', 'În mar., 3 mar. 2026 la 10:12, Jane Doe <jane@example.com> a scris:'],
  ['Croatian', 'uto, 3. ožu 2026. u 10:12 Jane Doe <jane@example.com> napisao je:'],
  ['Lithuanian', '2026-03-03, an, 10:12 Jane Doe <jane@example.com> rašė:'],
  ['Vietnamese', 'Vào Th 3, 3 thg 3, 2026 vào lúc 10:12 Jane Doe <jane@example.com> đã viết:'],
  ['Indonesian', 'Pada Sel, 3 Mar 2026 pukul 10.12 Jane Doe <jane@example.com> menulis:'],
  ['Chinese', '在 2026年3月3日，上午10:12，Jane Doe <jane@example.com> 写道：'],
  ['Chinese', 'Jane Doe <jane@example.com> 于2026年3月3日周二 10:12写道：'],
  ['Chinese', 'Jane Doe <jane@example.com> 於 2026年3月3日 週二 上午10:12寫道：'],
  ['Japanese', '2026年3月3日(火) 10:12 Jane Doe <jane@example.com>:'],
  ['Japanese', '2026/03/03 10:12、Jane Doe <jane@example.com>のメール:'],
  ['Korean', '2026년 3월 3일 (화) 오전 10:12, Jane Doe <jane@example.com>님이 작성:'],
  ['Hebrew', '‫בתאריך יום ג׳, 3 במרץ 2026 ב-10:12 מאת ‪Jane Doe‬‏ <‪jane@example.com‬‏>:‬'],
  ['Arabic', 'في الثلاثاء، 3 مارس 2026 في 10:12 ص تمت كتابة ما يلي بواسطة Jane Doe <jane@example.com>:'],
  ['Thai', 'ในวันที่ อ. 3 มี.ค. 2026 เวลา 10:12 Jane Doe <jane@example.com> เขียนว่า:'],
];

const heads: readonly (readonly [language: string, lines: string])[] = [
  ['English', 'From: Jane Doe <jane@example.com>\nSent: Tuesday, March 3, 2026 10:12 AM\nTo: Support\nSubject: Order'],
  ['German', 'Von: Jane Doe <jane@example.com>\nGesendet: Dienstag, 3. März 2026 10:12\nAn: Support\nBetreff: Auftrag'],
  ['French', 'De : Jane Doe <jane@example.com>\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Support\nObjet : Commande'],
  ['Spanish', 'De: Jane Doe\nEnviado el: martes, 3 de marzo de 2026 10:12\nPara: Support\nAsunto: Pedido'],
  ['Italian', 'Da: Jane Doe\nInviato: martedì 3 marzo 2026 10:12\nA: Support\nOggetto: Ordine'],
  ['Portuguese', 'De: Jane Doe\nEnviada em: terça-feira, 3 de março de 2026 10:12\nPara: Support\nAssunto: Pedido'],
  ['Dutch', 'Van: Jane Doe\nVerzonden: dinsdag 3 maart 2026 10:12\nAan: Support\nOnderwerp: Bestelling'],
  ['Swedish', 'Från: Jane Doe\nSkickat: den 3 mars 2026 10:12\nTill: Support\nÄmne: Order'],
  [
    'Finnish',
    'Lähettäjä: Jane Doe\nLähetetty: tiistai 3. maaliskuuta 2026 10.12\nVastaanottaja: Support\nAihe: Tilaus',
  ],
  ['Polish', 'Od: Jane Doe\nWysłano: wtorek, 3 marca 2026 10:12\nDo: Support\nTemat: Zamówienie'],
  ['Czech', 'Od: Jane Doe\nOdesláno: úterý 3. března 2026 10:12\nKomu: Support\nPředmět: Objednávka'],
  ['Russian', 'От: Jane Doe\nОтправлено: 3 марта 2026 г. 10:12\nКому: Support\nТема: Заказ'],
  ['Turkish', 'Kimden: Jane Doe\nGönderildi: 3 Mart 2026 Salı 10:12\nKime: Support\nKonu: Sipariş'],
  ['Japanese', '差出人: Jane Doe\n送信日時: 2026年3月3日 10:12\n宛先: Support\n件名: 注文'],
  ['Chinese', '发件人: Jane Doe\n发送时间: 2026年3月3日 10:12\n收件人: Support\n主题: 订单'],
  ['Korean', '보낸 사람: Jane Doe\n보낸 날짜: 2026년 3월 3일 화요일 10:12\n받는 사람: Support\n제목: 주문'],
];

const marks: readonly string[] = [
  '-----Original Message-----',
  '---------- Forwarded message ---------',
  'Begin forwarded message:',
  '-------- Ursprüngliche Nachricht --------',
  '-----Message d’origine-----',
  '-----Mensaje original-----',
  '-----Messaggio originale-----',
  '-----Oorspronkelijk bericht-----',
  '-----Ursprungligt meddelande-----',
  '-----Исходное сообщение-----',
  '-----原始邮件-----',
  '----- Forwarded by Jane Doe/ACME on 03/03/2026 10:12 AM -----',
];

describe('quotes below the answer', () => {
  for (const [language, line] of attributions) {
    it(`end at the ${language} “${line}”`, () => {
      expect(own(`Yes, please.\n\n${line}\n\n> Shall we?\n> Jane`)).toBe('Yes, please.');
      expect(own(`Yes, please.\n\n${line}\nShall we?\n\nJane`)).toBe('Yes, please.');
    });
  }

  for (const [language, lines] of heads) {
    it(`end at the ${language} head of Outlook`, () => {
      expect(own(`Yes, please.\n\n${lines}\n\nShall we?`)).toBe('Yes, please.');
      expect(own(`Yes, please.\n________________________________\n${lines}\n\nShall we?`)).toBe('Yes, please.');
    });
  }

  for (const mark of marks) {
    it(`end at “${mark}”`, () => expect(own(`Yes, please.\n\n${mark}\nShall we?`)).toBe('Yes, please.'));
  }

  it('end where mail programs break the line above them', () => {
    const text =
      'Yes.\n\nOn Tue, Mar 3, 2026 at 10:12 AM A Very Long Name of Support <\nsupport@example.org> wrote:\n\n> Shall we?';
    expect(own(text)).toBe('Yes.');
  });

  it('are kept aside', () => {
    const { rest } = splitPlain('Yes.\n\nOn 3 Mar 2026, at 10:12, Jane wrote:\n> Shall we?');
    expect(rest).toBe('On 3 Mar 2026, at 10:12, Jane wrote:\n> Shall we?');
  });
});

describe('other places', () => {
  it('finds an answer below the quote', () => {
    expect(own('On 3 Mar 2026, at 10:12, Jane wrote:\n> Shall we?\n\nYes.')).toBe('Yes.');
  });

  it('keeps the quotes that answers stand between', () => {
    const text = 'On 3 Mar 2026, at 10:12, Jane wrote:\n> Red?\nYes.\n> Or blue?\nNo.';
    expect(own(text)).toBe('Yes.\n> Or blue?\nNo.');
  });

  it('finds no own words in a mail of quotes', () => expect(own('> one\n> two')).toBe(''));

  it('ends above the line to answer above', () => {
    expect(own('Done.\n\n## Please type your reply above this line ##\nTicket 12')).toBe('Done.');
  });
});

const untouched: readonly string[] = [
  'On Tuesday I wrote to you, and nobody answered.\nCan you tell me why?',
  'He wrote: no.\nWhat shall I do?',
  'From: Berlin\nTo: Paris\nDate: 3 March\nHow much is it?',
  'I ordered\n- one pen\n- two pads\n- Paper',
  'Please note:\n\nOn 3 March at 10:12 the lift stopped.\nIt has not moved since.',
  '1. First\n--------\nThe box was open.\nThe pen was missing.\nThe pad was wet.\nThe bill was wrong.\nThe bag was torn.\nThe date was old.\nThe ink was dry.\nThe name was not mine.\nThe size was small.',
  'My mail to sales@example.org from 10:12 is unanswered.\nWhy?',
  'I wrote to sales@example.org on 3 March at 10:12:\nwhere is it?\nNobody answers.',
  'From: jane@example.com\nSubject: Contact form\nMessage: please call me',
  'This fails:\n\n```\n> select 1\n-- comment\n> select 2\n```',
  'Bitte rufen Sie mich am 3.3.2026 um 10:12 Uhr an:\n+49 30 123456',
  'Sent from my office in Berlin, the parcel took two weeks. It arrived damaged and the recipient refused it; what now?\nJane',
];

describe('text without quotes', () => {
  for (const text of untouched)
    it(`stays as it is: “${text.slice(0, 40)}…”`, () => expect(splitPlain(text)).toEqual({ own: text, rest: '' }));
});

const signatures: readonly (readonly [name: string, text: string])[] = [
  ['the standard mark', 'Hello.\n-- \nJane Doe\nACME'],
  ['two dashes without a blank', 'Hello.\n\n--\nJane Doe'],
  ['a long line', 'Hello.\n\n____________________\nJane Doe\nACME'],
  ['a dash and a name', 'Hello.\n\n-Jane Doe'],
  ['an iPhone', 'Hello.\n\nSent from my iPhone'],
  ['a German iPhone', 'Hello.\n\nVon meinem iPhone gesendet'],
  ['a French Android', 'Hello.\n\nEnvoyé de mon appareil Android'],
  ['a Spanish iPhone', 'Hello.\n\nEnviado desde mi iPhone'],
  ['a Japanese iPhone', 'Hello.\n\niPhoneから送信'],
  ['Outlook', 'Hello.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>'],
];

describe('signatures', () => {
  for (const [name, text] of signatures) it(`goes without ${name}`, () => expect(own(text)).toBe('Hello.'));
});
