import { Socket } from 'node:net';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { connectors } from '@switchboard/connectors';
import { Capabilities, ConnectorError, InboundEvent } from '@switchboard/contract';
import type { Connector, ConnectorContext, NormalisedEvent, RawRequest } from '@switchboard/contract';
import { exampleAccountId, offlineContext } from '../../connectors/kit/offline-context.ts';
import { vouch } from '../../connectors/kit/vouch.ts';
import { aCommand, deniedParts, outboundKinds } from './commands.ts';
import { fixturesOf, settingsOf } from './fixtures.ts';
import { garbageOf } from './garbage.ts';
import { fieldsOf } from './settings-form.ts';

const receivedAt = new Date('2026-03-02T10:00:00.000Z');
const anHourLater = new Date('2026-03-02T11:00:00.000Z');
const { webhookUrl } = offlineContext();
const uses = [
  'receive',
  'connected',
  'saveCursor',
  'loadCursor',
  'push',
  'readMedia',
  'publicMediaUrl',
  'fetch',
  'now',
] as const;

/** A context that notes what of the hub is asked for: parsing, verifying and refusing to deliver need nothing. */
const watchedContext = () => {
  const asked: string[] = [];
  const refuse = (name: string) => () => {
    asked.push(name);
    throw new Error(`${name} was asked for`);
  };
  const refusing = Object.fromEntries(uses.map((name) => [name, refuse(name)])) as Partial<ConnectorContext>;
  return { asked, context: offlineContext(refusing) };
};

/** As ingress does it. */
const stamp = (connector: Connector, event: NormalisedEvent) => ({
  ...event,
  specVersion: 1,
  eventId: '018f0000-0000-7000-8000-000000000001',
  receivedAt: receivedAt.toISOString(),
  connectorId: connector.id,
  channel: connector.channel,
  channelAccountId: exampleAccountId,
});

const mediaOf = (events: readonly NormalisedEvent[]) =>
  events
    .flatMap((event) => (event.kind === 'message.received' ? event.message.parts : []))
    .flatMap((part) => (part.type === 'media' ? [part.media] : []));

const connecting = jest.spyOn(Socket.prototype, 'connect').mockImplementation(() => {
  throw new Error('a connection was tried');
});
afterAll(() => {
  const connections = connecting.mock.calls.length;
  connecting.mockRestore();
  expect(connections).toBe(0);
});

describe('the list of connectors', () => {
  it('has each id once, in kebab-case', () => {
    const ids = connectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

for (const connector of connectors) {
  describe(`the connector ${connector.id}`, () => {
    const fixtures = fixturesOf(connector);
    const { sends, emits, content, conversation, call } = connector.capabilities;
    const { asked, context } = watchedContext();
    const channel = connector.open(settingsOf(connector), {
      ...context,
      desks: connector.desk ? [connector.desk.example] : [],
    });
    const parse = async (request: RawRequest): Promise<NormalisedEvent[]> => channel.parse(vouch(request));

    afterAll(async () => {
      await channel.close?.();
      expect(asked).toEqual([]);
    });

    describe('settings', () => {
      it('draw a form: each field has a title', () => {
        expect(fieldsOf(connector).filter(({ title }) => typeof title !== 'string' || title === '')).toEqual([]);
      });

      it('mark what looks like a secret', () => {
        const secrets = fieldsOf(connector).filter(({ path }) => /(token|secret|password|privateKey)$/i.test(path));
        expect(secrets.filter(({ secret }) => secret !== true)).toEqual([]);
      });

      it('have a valid example', () => {
        expect(connector.settings.parse(connector.exampleSettings)).toEqual(connector.exampleSettings);
      });
    });

    describe('capabilities', () => {
      it('are well formed and name nothing twice', () => {
        expect(Capabilities.parse(connector.capabilities)).toEqual(connector.capabilities);
        expect([new Set(sends).size, new Set(emits).size]).toEqual([sends.length, emits.length]);
      });

      it('have the code that they need', () => {
        expect(emits.length > 0).toBe(Boolean(channel.webhook ?? channel.listen ?? channel.visitors));
        expect(call !== null).toBe(sends.includes('call.control'));
        const changing = ['message.edit', 'message.delete', 'reaction.set'] as const;
        expect(connector.capabilities.changes !== null).toBe(changing.some((kind) => sends.includes(kind)));
        expect(call !== null).toBe(channel.agentLine !== undefined);
        if (conversation.start) expect(sends).toContain('message.send');
        if (conversation.replyWindow?.afterwards === 'template-only') expect(content.templates).toBe(true);
        expect(channel.templates !== undefined).toBe(content.templates);
        expect(channel.desk !== undefined).toBe(connector.desk !== undefined);
        expect(emits.includes('desk.acted')).toBe(connector.desk !== undefined);
        if (connector.desk) expect(connector.desk.example).toMatch(connector.desk.pattern);
        const media = mediaOf(fixtures.flatMap(({ events }) => events));
        if (media.some(({ mediaId }) => mediaId === undefined)) expect(channel.openMedia).toBeDefined();
      });

      for (const kind of outboundKinds.filter((one) => !sends.includes(one))) {
        it(`refuse ${kind} as unsupported`, async () => {
          const delivery = channel.deliver(aCommand(kind, connector.capabilities));
          await expect(delivery).rejects.toMatchObject({ name: 'ConnectorError', code: 'unsupported' });
        });
      }

      for (const part of sends.includes('message.send') ? deniedParts(connector.capabilities) : []) {
        it(`refuse a message with ${part.type} as unsupported`, async () => {
          const delivery = channel.deliver(aCommand('message.send', connector.capabilities, { parts: [part] }));
          await expect(delivery).rejects.toMatchObject({ name: 'ConnectorError', code: 'unsupported' });
        });
      }
    });

    describe('fixtures', () => {
      it('show every kind of event that it emits, and no other', () => {
        const kinds = fixtures.flatMap(({ events }) => events.map(({ kind }) => kind));
        expect([...new Set(kinds)].sort()).toEqual([...emits].sort());
      });

      for (const fixture of fixtures) {
        it(`${fixture.name} becomes its events, each time the same`, async () => {
          const request = fixture.request(webhookUrl, receivedAt);
          const events = await parse(request);
          expect(JSON.parse(JSON.stringify(events))).toEqual(fixture.events);
          expect(await parse(request)).toEqual(events);
          for (const event of events) {
            const stamped = stamp(connector, event);
            expect(InboundEvent.parse(stamped)).toEqual(stamped);
          }
        });

        it(`${fixture.name} sent again later has the same dedupe keys`, async () => {
          const keysAt = async (time: Date): Promise<string[]> => {
            // Typing passes: nobody sends it again, and twice the same is twice.
            const lasting = (await parse(fixture.request(webhookUrl, time))).filter(
              ({ kind }) => kind !== 'typing.changed',
            );
            return lasting.map(({ dedupeKey }) => dedupeKey);
          };
          const keys = await keysAt(receivedAt);
          expect(await keysAt(anHourLater)).toEqual(keys);
          expect(new Set(keys).size).toBe(keys.length);
        });

        it(`${fixture.name}, spoilt, is rejected or makes sense all the same`, async () => {
          const request = fixture.request(webhookUrl, receivedAt);
          for (const rawBody of garbageOf(request.rawBody)) {
            const events = await parse({ ...request, rawBody }).catch((error: unknown) => {
              if (error instanceof ConnectorError && error.code === 'rejected') return [];
              throw new Error(`on ${JSON.stringify(rawBody.toString('latin1').slice(0, 200))}`, { cause: error });
            });
            for (const event of events) InboundEvent.parse(stamp(connector, event));
          }
        });
      }
    });

    const { webhook } = channel;
    if (!webhook) return;
    describe('its webhook', () => {
      const signed = fixtures.filter(({ whole }) => whole);

      it('refuses what is not signed', () => {
        const bare = { method: 'POST', url: webhookUrl, hook: '', headers: {}, rawBody: Buffer.alloc(0), receivedAt };
        expect(webhook.verify(bare)).toMatchObject({ ok: false });
      });

      it('has fixtures that are signed', () => {
        expect(signed).not.toEqual([]);
      });

      for (const fixture of signed) {
        it(`lets ${fixture.name} in as it is signed, and in no other way`, async () => {
          const request = fixture.request(webhookUrl, receivedAt);
          const verification = webhook.verify(request);
          expect(verification).toMatchObject({ ok: true });
          if (verification.ok) expect((await webhook.reply(verification.request)).status).toBeLessThan(300);

          const isLetIn = (change: Partial<RawRequest>): boolean => webhook.verify({ ...request, ...change }).ok;
          const spoilt = Object.entries(request.headers).map(([name, value]) => [name, `${value.slice(0, -2)}xx`]);
          const more = Buffer.concat([request.rawBody, Buffer.from('&x=1')]);
          if (webhook.proof !== 'secret') expect(isLetIn({ rawBody: more })).toBe(false);
          expect(isLetIn({ headers: Object.fromEntries(spoilt) })).toBe(false);
          expect(isLetIn({ headers: {} })).toBe(false);
          for (const rawBody of garbageOf(request.rawBody)) expect(() => isLetIn({ rawBody })).not.toThrow();
        });
      }
    });
  });
}
