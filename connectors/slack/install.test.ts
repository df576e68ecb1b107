import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Grant, Install } from '@switchboard/contract';
import { offlineContext } from '../kit/offline-context.ts';
import { startFakeSlack, type FakeSlack } from '../simulator/slack/fake-slack.ts';
import { slack } from './index.ts';
import { scopes } from './scopes.ts';

describe('a token that rotates', () => {
  let workspace: FakeSlack;
  let install: Install;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    workspace = await startFakeSlack('xoxb-1');
    workspace.oauth.rotates = true;
    const { id: clientId, secret: clientSecret } = workspace.oauth.client;
    const settings = { ...slack.exampleSettings, clientId, clientSecret, apiBaseUrl: workspace.url };
    const channel = slack.open(settings, offlineContext({ now: () => new Date('2026-03-02T10:00:00.000Z') }));
    install = channel.install as Install;
    close = channel.close;
  });
  afterAll(async () => {
    await close?.();
    await workspace.close();
  });

  const granted = async (): Promise<Grant> => {
    const redirectUrl = 'https://hub.example/back';
    const page = await (await fetch(install.authoriseUrl({ state: 's', redirectUrl }))).text();
    const code = /code=([^&"]+)/.exec(page)?.[1] ?? '';
    return install.exchange({ code, redirectUrl });
  };

  it('is asked for with exactly what the guide says, and ends after twelve hours', async () => {
    expect(await granted()).toMatchObject({
      holder: { id: 'T0AAAAAAA', name: 'Acme' },
      scopes: Object.keys(scopes),
      expiresAt: '2026-03-02T22:00:00.000Z',
    });
  });

  it('is renewed by its refresh token, which is good once', async () => {
    const grant = await granted();
    const renewed = await install.refresh?.(grant);
    expect(renewed).toMatchObject({ holder: grant.holder, refreshToken: expect.any(String) });
    expect(renewed?.accessToken).not.toBe(grant.accessToken);
    await expect(install.refresh?.(grant)).rejects.toMatchObject({ code: 'unauthorised' });
  });

  it('is not had with a code that nobody gave', async () => {
    const answer = install.exchange({ code: 'made-up', redirectUrl: 'https://hub.example/back' });
    await expect(answer).rejects.toThrow(/start again \(invalid_code\)/);
  });
});
