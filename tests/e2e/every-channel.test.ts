import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { connectors } from '@switchboard/connectors';
import { people } from '../../connectors/simulator/cast/people.ts';
import { Happenings } from '../../connectors/simulator/happenings.ts';
import { openProviders, places } from '../../connectors/simulator/providers.ts';
import type { Provider } from '../../connectors/simulator/provider.ts';
import { Random } from '../../connectors/simulator/random.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { openGateway, openTwilioWhatsApp } from '../support/further-lines.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';

/** Chat and calls have stories of their own (story.test.ts, calls.test.ts). */
const elsewhere = ['webchat', 'twilio-voice'];
const PATIENCE_MS = 30_000;

/** No number is out of reach, no mailbox gone. */
class GoodLuck extends Random {
  override chance(): boolean {
    return false;
  }
}

describeWith({ Chromium: chromiumPath() })('every channel', () => {
  let hub: TestHub;
  let browser: Browser;
  const trouble: string[] = [];
  const happenings = new Happenings((sentence, fields) => void trouble.push(`${sentence} ${JSON.stringify(fields)}`));
  const providers = new Map<string, Provider>();

  beforeAll(async () => {
    const random = new GoodLuck(7);
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    const opened = await openProviders(random, happenings);
    for (const key of Object.keys(places) as (keyof typeof places)[])
      providers.set(places[key].connectorId, opened[key]);
    providers.set('twilio-whatsapp', await openTwilioWhatsApp(random, happenings));
    providers.set('sms-http', await openGateway(random, happenings));
    for (const [connectorId, provider] of providers) {
      const body = { connectorId, name: connectorId, settings: provider.settings };
      const { id } = await hub.admin.call('channelAccounts.create', { body });
      provider.reach?.(`${hub.url}/webhooks/${id}`);
    }
    await hub.admin.call('me.update', { body: { preferences: { undoSeconds: 0, undoSecondsLive: 0 } } });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await happenings.end();
    await hub.stop();
    await Promise.all([...providers.values()].map((provider) => provider.close()));
    expect(trouble).toEqual([]);
  });

  it('has a customer who writes, is answered in the console, and writes on in the same conversation', async () => {
    expect([...providers.keys(), ...elsewhere].sort()).toEqual(connectors.map(({ id }) => id).sort());
    const written = { queue: '', tags: [], on: [], turns: [] };
    const told = await Promise.all(
      [...providers].map(async ([id, provider], at) => {
        const person = people[at] ?? people[0]!;
        const words = { asks: `Do you sell ${id} spades?`, answer: `We do, ${person.name}.`, thanks: `Good, ${id}.` };
        const line = await provider.line(person, { ...written, subject: `Spades ${at}` });
        await line.say(words.asks);
        return { id, line, words };
      }),
    );
    const agent = await ConsolePage.signedIn(browser, hub);
    for (const { words } of told) {
      await agent.opens(words.asks);
      await agent.replies(words.answer);
    }
    await Promise.all(
      told.map(async ({ id, line, words }) => {
        const got = line.reply(AbortSignal.timeout(PATIENCE_MS)).catch(() => 'nothing');
        expect([id, await got]).toEqual([id, expect.stringContaining(words.answer)]);
        await line.say(words.thanks);
      }),
    );
    for (const { words } of told) {
      await agent.row(words.thanks).click();
      await agent.says(words.asks).waitFor();
      await agent.says(words.answer).waitFor();
      await agent.says(words.thanks).waitFor();
    }
    expect(agent.complaints).toEqual([]);
    await agent.close();
  }, 180_000);
});
