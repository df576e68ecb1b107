import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { vouch } from '../../connectors/kit/vouch.ts';
import { createTransport } from 'nodemailer';
import { anAccount, until } from '../support/email-account.ts';
import { freePort } from '../support/hub.ts';
import { eventually } from '../support/eventually.ts';

const mail = { from: 'Jane <jane@example.com>', subject: 'Order', text: 'Where is it?', messageId: '<1@example.com>' };

const clientOf = (port: number) => createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
const isListening = (port: number) => eventually(() => clientOf(port).verify());

describe('the SMTP receiver', () => {
  it('hands mail for its addresses in, aliases and plus-addresses among them, and takes no other', async () => {
    const port = await freePort();
    const { channel, received } = anAccount({ inbound: { mode: 'receiver', port, host: '127.0.0.1' } });
    await until(
      async () => {
        await isListening(port);
        for (const to of ['support@example.org', 'Help@example.org', 'support+x1@example.org'])
          await clientOf(port).sendMail({ ...mail, to });
        await expect(clientOf(port).sendMail({ ...mail, to: 'sales@example.org' })).rejects.toMatchObject({
          responseCode: 550,
        });
        expect(received.map(({ url }) => url)).toEqual([
          'smtp:support@example.org',
          'smtp:Help@example.org',
          'smtp:support+x1@example.org',
        ]);
        expect(received[0]?.rawBody.toString()).toMatch(
          /^Return-Path: <jane@example\.com>\r\nDelivered-To: support@example\.org\r\n/,
        );
        const [event] = await channel.parse(vouch(received[0] ?? ({} as never)));
        expect(event).toMatchObject({
          kind: 'message.received',
          dedupeKey: '1@example.com',
          message: { parts: [{ text: 'Where is it?' }] },
        });
      },
      (signal) => channel.listen?.(signal) ?? Promise.resolve(),
    );
  });

  it('shares its port between accounts, and a mail to two of them reaches both', async () => {
    const port = await freePort();
    const inbound = { mode: 'receiver' as const, port, host: '127.0.0.1' };
    const one = anAccount({ inbound, address: 'one@example.org', aliases: [] });
    const two = anAccount({ inbound, address: 'two@example.org', aliases: [] });
    const both = async (signal: AbortSignal) => {
      await Promise.all([one.channel.listen?.(signal), two.channel.listen?.(signal)]);
    };
    await until(async () => {
      await isListening(port);
      await eventually(() =>
        clientOf(port)
          .sendMail({ ...mail, to: ['one@example.org', 'two@example.org'] })
          .then(({ rejected }) => expect(rejected).toEqual([])),
      );
      expect(one.received.at(-1)?.url).toBe('smtp:one@example.org');
      expect(two.received.at(-1)?.url).toBe('smtp:two@example.org');
    }, both);
    await expect(clientOf(port).verify()).rejects.toThrow();
  });

  it('does not say "kept" of a mail whose account leaves while it comes in', async () => {
    const port = await freePort();
    const { channel, received } = anAccount({ inbound: { mode: 'receiver', port, host: '127.0.0.1' } });
    const leaving = new AbortController();
    const listening = channel.listen?.(leaving.signal);
    await isListening(port);
    const socket = connect(port, '127.0.0.1');
    const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
    const answer = async () => String((await answers.next()).value);
    await answer();
    for (const line of ['HELO mail.example', 'MAIL FROM:<jane@example.com>', 'RCPT TO:<support@example.org>', 'DATA']) {
      socket.write(`${line}\r\n`);
      expect(await answer()).toMatch(/^[23]/);
    }
    leaving.abort();
    socket.write('Message-ID: <9@example.com>\r\n\r\nStill coming\r\n.\r\n');
    expect(await answer()).toMatch(/^451/);
    expect(received).toEqual([]);
    socket.destroy();
    await listening;
  });

  it('says 451 when the hub cannot keep the mail, so that it is offered again', async () => {
    const port = await freePort();
    const { channel } = anAccount(
      { inbound: { mode: 'receiver', port, host: '127.0.0.1' } },
      { receive: async () => Promise.reject(new Error('disk full')) },
    );
    await until(
      async () => {
        await isListening(port);
        await expect(clientOf(port).sendMail({ ...mail, to: 'support@example.org' })).rejects.toMatchObject({
          responseCode: 451,
        });
      },
      (signal) => channel.listen?.(signal) ?? Promise.resolve(),
    );
  });

  it('says 250 no sooner than the hub has the mail', async () => {
    const port = await freePort();
    const order: string[] = [];
    let keep = () => {};
    const kept = new Promise<void>((resolve) => (keep = resolve));
    const receive = async () => {
      order.push('offered');
      await kept;
      order.push('kept');
      return { rawRef: '018f0000-0000-7000-8000-000000000001', outcome: 'accepted' as const };
    };
    const { channel } = anAccount({ inbound: { mode: 'receiver', port, host: '127.0.0.1' } }, { receive });
    await until(
      async () => {
        await isListening(port);
        const sent = clientOf(port)
          .sendMail({ ...mail, to: 'support@example.org' })
          .then(() => order.push('answered'));
        await eventually(() => expect(order).toEqual(['offered']));
        keep();
        await sent;
        expect(order).toEqual(['offered', 'kept', 'answered']);
      },
      (signal) => channel.listen?.(signal) ?? Promise.resolve(),
    );
  });

  it('announces its limit and refuses a mail above it', async () => {
    const port = await freePort();
    const { channel, received } = anAccount({ inbound: { mode: 'receiver', port, host: '127.0.0.1' } });
    await until(
      async () => {
        await isListening(port);
        const attachments = [{ filename: 'a.bin', content: Buffer.alloc(24_000_000, 1) }];
        const sending = clientOf(port).sendMail({ ...mail, to: 'support@example.org', attachments });
        await expect(sending).rejects.toMatchObject({ responseCode: 552 });
        expect(received).toEqual([]);
      },
      (signal) => channel.listen?.(signal) ?? Promise.resolve(),
    );
  });

  it('tells in one line that its port is taken', async () => {
    const port = await freePort();
    const inbound = { mode: 'receiver' as const, port, host: '127.0.0.1' };
    const first = anAccount({ inbound });
    await until(
      async () => {
        await isListening(port);
        const second = anAccount({ inbound: { ...inbound, host: '0.0.0.0' } });
        const listening = second.channel.listen?.(new AbortController().signal);
        await expect(listening).rejects.toMatchObject({
          code: 'temporary',
          message: `The hub cannot listen on port ${port}: it is in use`,
        });
      },
      (signal) => first.channel.listen?.(signal) ?? Promise.resolve(),
    );
  });
});
