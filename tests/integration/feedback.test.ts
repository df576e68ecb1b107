import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_FEEDBACK, type EntryView, type FeedbackSettings, type TicketDetail } from '@switchboard/contract';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually, found } from '../support/eventually.ts';
import { MailLine } from '../support/mail-line.ts';
import { SmsLine } from '../support/sms.ts';
import { TelegramBot } from '../support/telegram.ts';
import { messagesOf, theTicketWith } from '../support/tickets.ts';

/** After a ticket is resolved its customer is asked how it was, over three channels, and the answers are counted. */
let desk: Desk;
let bot: TelegramBot;
let mail: MailLine;
let queueId: string;
beforeAll(async () => {
  desk = await Desk.open();
  bot = await TelegramBot.of(desk.hub);
  mail = await MailLine.of(desk.hub, 'help@acme.example');
  queueId = (await desk.hub.admin.call('queues.list', { query: {} })).items[0]?.id ?? '';
}, 120_000);
afterAll(async () => {
  await desk.close();
  await bot.telegram.close();
  await mail.sink.stop();
});

const asks = (feedback: Partial<FeedbackSettings> = {}) =>
  desk.hub.admin.call('queues.update', {
    params: { id: queueId },
    body: { feedback: { ...DEFAULT_FEEDBACK, on: true, delayMinutes: 0, ...feedback } },
  });
const settle = async (detail: TicketDetail, words = 'It is done.') => {
  const body = { ...replyBody(detail, words), force: true, thenStatus: 'resolved' as const };
  await desk.hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body });
};
const eventsOf = ({ entries }: TicketDetail) =>
  entries.filter((entry): entry is Extract<EntryView, { type: 'event' }> => entry.type === 'event');
const ratingsOf = (detail: TicketDetail) =>
  eventsOf(detail)
    .filter(({ event }) => event === 'feedback.rated')
    .map(({ from, to, did }) => [from, to, ...(did ?? [])]);
const whyNot = (detail: TicketDetail) => eventsOf(detail).find(({ event }) => event === 'feedback.not-asked')?.to;
const sees = (id: string, check: (detail: TicketDetail) => void) => eventually(async () => check(await desk.read(id)));
const day = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
});
const figures = async (query: object = {}) =>
  (await desk.hub.admin.call('metrics.read', { query: { ...day(), ...query } })).total;
const linkIn = (words: string) => found('a link', /https?:\S+\/feedback\/[\w.-]+/.exec(words)?.[0]);
/** As the address says it. */
const surveyOf = (url: string) =>
  Buffer.from(url.split('/').at(-1)?.split('.')[0] ?? '', 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const answer = (url: string, form: Record<string, string>, language = 'en') =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'accept-language': language },
    redirect: 'manual',
  });

it('asks nobody until a queue is set to, and says in the audit log that it was', async () => {
  const phone = desk.aPhone();
  const quiet = await desk.aTicket('is anybody there', phone);
  await settle(quiet);
  await asks();
  const audit = await desk.hub.admin.call('audit.list', { query: {} });
  expect(audit.items[0]).toMatchObject({ action: 'queue.updated', detail: { feedback: { on: true } } });
  const unanswered = await desk.aTicket('never mind');
  await desk.update(unanswered.ticket.id, { status: 'resolved' });
  await sees(unanswered.ticket.id, (detail) => expect(whyNot(detail)).toBe('nobody-answered'));
  expect(desk.line.sentTo(phone)).toEqual(['It is done.']);
});

it('takes a digit by text, once, and words beyond it open the ticket again', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('the tap leaks', phone);
  const { id } = detail.ticket;
  await settle(detail);
  const asked = await eventually(() => found('the question', desk.line.sentTo(phone)[1]));
  expect(asked).toContain('Answer with 1 (very poor) to 5 (very good)');
  await sees(id, (now) => expect(messagesOf(now).at(-1)).toMatchObject({ automatic: 'survey', state: 'accepted' }));

  const sid = SmsLine.newSid();
  for (const _ of [1, 2, 3]) await desk.line.receives(desk.hub.url, phone, '4', sid);
  await sees(id, (now) => expect(ratingsOf(now)).toEqual([[null, '4']]));
  const rated = await desk.read(id);
  expect(rated.ticket).toMatchObject({ status: 'resolved', rating: 4, waitingSince: null });
  expect(messagesOf(rated).at(-1)).toMatchObject({ automatic: 'rating', direction: 'in' });
  await eventually(async () => expect((await figures()).csat).toEqual({ value: 100, n: 1 }));

  await desk.line.receives(desk.hub.url, phone, '1, it still leaks');
  await sees(id, (now) => {
    expect(now.ticket).toMatchObject({ status: 'open', rating: 1 });
    expect(now.ticket.waitingSince).not.toBeNull();
    expect(ratingsOf(now).at(-1)).toEqual(['4', '1', 'it still leaks']);
  });
  const poor = await desk.list({ view: 'poorly-rated' });
  expect(poor.items.map(({ number }) => number)).toEqual([detail.ticket.number]);

  // In a conversation that goes on a digit is no rating; and who was asked is left in peace.
  await desk.line.receives(desk.hub.url, phone, '3');
  await sees(id, (now) => expect(now.ticket.inboundCount).toBe(4));
  await settle(await desk.read(id), 'Now it is dry.');
  await sees(id, (now) => expect(whyNot(now)).toBe('asked-lately'));
  expect((await desk.read(id)).ticket.rating).toBe(1);
});

it('takes the answer on a page that works without a script, which looking at does not give', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('où est mon colis', phone);
  const { id } = detail.ticket;
  await settle(detail);
  const url = linkIn(await eventually(() => found('the question', desk.line.sentTo(phone)[1])));
  const page = await fetch(`${url}?rating=5`, { headers: { 'accept-language': 'fr-CH, en;q=0.5' } });
  expect(page.headers.get('cache-control')).toBe('no-store');
  const html = await page.text();
  expect(html).toContain('Comment était notre aide');
  expect(html).toMatch(/value="5" required checked/);
  expect(html).not.toContain('<script');
  expect((await desk.read(id)).ticket.rating).toBeUndefined();

  const same = { rating: '2', comment: 'It took <b>weeks</b>' };
  const both = await Promise.all([answer(url, same), answer(url, same)]);
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  expect(await (await fetch(new URL(both[0]?.headers.get('location') ?? '', url))).text()).toContain(
    'It took &lt;b&gt;weeks&lt;/b&gt;',
  );
  expect((await answer(url, { rating: '3', comment: same.comment })).status).toBe(303);
  await sees(id, (now) =>
    expect(ratingsOf(now)).toEqual([
      [null, '2', same.comment],
      ['2', '3', same.comment],
    ]),
  );
  expect((await desk.read(id)).ticket).toMatchObject({ status: 'resolved', rating: 3 });

  expect((await answer(url, { comment: 'nothing chosen' })).status).toBe(400);
  expect((await answer(url, { rating: '9' })).status).toBe(400);
  expect((await answer(url.slice(0, -1), { rating: '5' })).status).toBe(404);
  await desk.collection('surveys').updateOne({ _id: surveyOf(url) as never }, { $set: { closesAt: new Date() } });
  const late = await answer(url, { rating: '5' }, 'de');
  expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('Diese Frage ist geschlossen')]);
});

it('offers buttons where there are some: a tap answers, however often it comes and wherever the ticket is', async () => {
  const person = { from: { id: 31, is_bot: false, first_name: 'Eve' }, chat: { id: 31, type: 'private' } };
  const date = Math.floor(Date.now() / 1000);
  await bot.posts({ message: { message_id: 900, date, ...person, text: 'Is the rake back?' } });
  const { detail } = await theTicketWith(desk.hub.admin, 'Is the rake back?');
  const { id } = detail.ticket;
  await settle(detail);
  const question = await eventually(() =>
    found(
      'buttons',
      bot.telegram.calls.find(({ fields }) => fields['chat_id'] === 31 && fields['reply_markup'] !== undefined),
    ),
  );
  const markup = question.fields['reply_markup'] as { inline_keyboard: { text: string; callback_data: string }[][] };
  const buttons = markup.inline_keyboard.flat();
  expect(buttons.map(({ text }) => text)).toEqual([
    '5 – very good',
    '4 – good',
    '3 – fair',
    '2 – poor',
    '1 – very poor',
  ]);
  const tap = (data: string, query: string) =>
    bot.posts({
      callback_query: {
        ...{ id: query, from: person.from, data },
        message: { message_id: 901, date, chat: person.chat, reply_markup: markup },
      },
    });
  for (const _ of [1, 2]) await tap(buttons[0]?.callback_data ?? '', 'q1');
  await sees(id, (now) => expect(ratingsOf(now)).toEqual([[null, '5']]));
  expect((await desk.read(id)).ticket.status).toBe('resolved');
  await bot.posts({ message: { message_id: 902, date, ...person, text: 'And the spade?' } });
  await sees(id, (now) => expect(now.ticket.status).toBe('open'));
  await tap(buttons[1]?.callback_data ?? '', 'q2');
  await sees(id, (now) => expect(now.ticket).toMatchObject({ status: 'open', rating: 4 }));
});

it('puts a link for each rating into a mail, and asks neither machines nor colleagues', async () => {
  await mail.receives({ from: 'Jane <jane@customer.example>', subject: 'Invoice', text: 'The invoice is wrong' });
  const { detail } = await theTicketWith(desk.hub.admin, 'The invoice is wrong');
  await settle(detail);
  const { html, text } = await mail.sent('How was our help?');
  expect(String(html).match(/href="[^"]+\/feedback\/[^"]+\?rating=[1-5]"/g)).toHaveLength(5);
  expect((await answer(linkIn(text ?? ''), { rating: '5' })).status).toBe(303);

  const others = [
    ['ada@example.com', 'A colleague writes', {}, 'colleague'],
    ['robot@customer.example', 'I am away', { 'Auto-Submitted': 'auto-replied' }, 'customer-silent'],
  ] as const;
  for (const [from, words, headers, why] of others) {
    await mail.receives({ from, subject: words, text: words, headers });
    const one = (await theTicketWith(desk.hub.admin, words)).detail;
    await settle(one);
    await sees(one.ticket.id, (now) => expect(whyNot(now)).toBe(why));
  }
});

it('does not ask who writes before the time, nor who said STOP', async () => {
  await asks({ delayMinutes: 60 });
  const phone = desk.aPhone();
  const detail = await desk.aTicket('it squeaks', phone);
  const { id } = detail.ticket;
  await settle(detail);
  const resolvedBy = messagesOf(await desk.read(id)).at(-1)?.id ?? '';
  const job = { _id: `ask-customer:${resolvedBy}` as never };
  const waiting = () => desk.collection('jobs').countDocuments(job);
  await eventually(async () => expect(await waiting()).toBe(1));
  await desk.line.receives(desk.hub.url, phone, 'it squeaks again');
  await sees(id, (now) => expect(now.ticket.status).toBe('open'));
  await desk.collection('jobs').updateOne(job, { $set: { runAt: new Date() } });
  await eventually(async () => expect(await waiting()).toBe(0));
  await asks();
  await desk.line.receives(desk.hub.url, phone, 'STOP');
  await settle(await desk.read(id), 'Oiled.');
  await sees(id, (now) => expect(whyNot(now)).toMatch(/opted-out|unreachable/));
  expect(desk.line.sentTo(phone).join()).not.toContain('/feedback/');
});

it('is counted by queue, agent and channel, with its rows, and proven from the histories', async () => {
  // All that happened is measured.
  await eventually(async () => expect((await figures()).resolved?.value).toBe(11));
  const { csat, csatResponse } = await figures();
  // 1 and 3 were poor or fair, 4 and 5 good; all who were asked have answered.
  expect(csat).toEqual({ value: 50, n: 4 });
  expect(csatResponse).toEqual({ value: 100, n: 4 });
  expect((await figures({ channel: 'telegram' })).csat).toEqual({ value: 100, n: 1 });
  const by = (await desk.hub.admin.call('metrics.read', { query: { ...day(), by: 'agent' } })).rows;
  expect(by.map(({ name, figures: own }) => [name, own.csat?.n])).toEqual([['Ada Lovelace', 4]]);
  const { items } = await desk.hub.admin.call('metrics.rows', { query: { ...day(), metric: 'csat' } });
  expect(items.map(({ kind, rating, comment }) => [kind, rating, comment])).toEqual([
    ['asked', 5, null],
    ['asked', 4, null],
    ['asked', 3, 'It took <b>weeks</b>'],
    ['asked', 1, 'it still leaks'],
  ]);
  const checked = await desk.hub.admin.call('metrics.check', { body: day() });
  expect([checked.drift, checked.examples]).toEqual([0, []]);
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
