import { describe, expect, it } from '@jest/globals';
import { connectors } from '@switchboard/connectors';
import { copyOf, fillGuide, Guide, type Connector } from '@switchboard/contract';
import { offlineContext } from '../../connectors/kit/offline-context.ts';
import { settingsOf } from './fixtures.ts';
import { fieldsOf } from './settings-form.ts';

const context = offlineContext();
const place = { id: context.accountId, webhookUrl: context.webhookUrl };
const placeholder = /\{(webhook|account|origin)\}/;

const named = ({ guide }: Connector): string[] => guide.steps.flatMap(({ gives = [] }) => gives);
const isNamed = (connector: Connector, path: string): boolean =>
  named(connector).some((one) => path === one || path.startsWith(`${one}.`));

describe.each(connectors.map((connector) => [connector.id, connector] as const))('the guide of %s', (_, connector) => {
  const { guide } = connector;
  const channel = connector.open(settingsOf(connector), context);
  const copies = guide.steps.flatMap(({ copy = [] }) => copy);
  const hooks = copies.flatMap((copy) => ('hook' in copy ? [copy.hook] : []));
  const statusAt = (hook: string) => {
    const request = {
      method: 'POST',
      url: `${context.webhookUrl}/${hook}`,
      hook,
      headers: {},
      rawBody: Buffer.alloc(0),
    };
    const verification = channel.webhook?.verify({ ...request, receivedAt: new Date() });
    return verification?.ok === false ? verification.status : null;
  };

  it('is well formed, and what comes before the account stands before the rest', () => {
    expect(Guide.parse(guide)).toEqual(guide);
    const order = guide.steps.map(({ when }) => when);
    expect(order).toEqual(order.toSorted((a, b) => (a === b ? 0 : a === 'before' ? -1 : 1)));
    expect(new Set(order)).toEqual(new Set(['before', 'after']));
  });

  it('leads only to pages by https, or to the hub’s own', () => {
    const links = guide.steps.flatMap(({ link }) => (link === undefined ? [] : [link.url]));
    for (const url of links) {
      expect(url).toMatch(/^(https:\/\/|\{origin\}\/|\{webhook\}\/)/);
      expect(URL.canParse(fillGuide(url, place))).toBe(true);
      if (guide.provider === null) continue;
      expect(url).toMatch(/^https:/);
    }
  });

  it('gives addresses that the account answers at', () => {
    expect(hooks.filter((hook) => statusAt(hook) === 404)).toEqual([]);
    if (channel.webhook !== undefined) expect(statusAt('no-such-hook')).toBe(404);
    for (const copy of copies) expect(copyOf(copy, place)).not.toMatch(placeholder);
  });

  it('tells the provider where to call, one way or the other', () => {
    const { webhook, connect } = channel;
    const isPublic = webhook?.perMinute !== undefined;
    if (webhook !== undefined && !isPublic && connect === undefined) expect(hooks).toContain('');
    if (webhook === undefined) expect(hooks).toEqual([]);
  });

  it('says where each setting that is needed or secret comes from, and names none that is not there', () => {
    const fields = fieldsOf(connector);
    const untold = fields.filter(({ required, secret, path }) => (required || secret) && !isNamed(connector, path));
    expect(untold.map(({ path }) => path)).toEqual([]);
    const paths = fields.map(({ path }) => path);
    expect(named(connector).filter((path) => !paths.includes(path))).toEqual([]);
  });
});
