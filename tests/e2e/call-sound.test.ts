import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Leg } from '../../connectors/simulator/voice/leg.ts';
import { ConsolePage, launchBrowser } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { LineSound } from '../support/line-sound.ts';
import { chromiumPath, describeWith } from '../support/services/index.ts';
import { VoiceLine } from '../support/voice.ts';

const WORDS = 'Good morning, the roses that I ordered have not come';

describeWith({ Chromium: chromiumPath() })('the sound of a call', () => {
  let hub: TestHub;
  let line: VoiceLine;

  beforeAll(async () => {
    hub = await startHub();
    line = await VoiceLine.of(hub);
    const [queue] = (await hub.admin.call('queues.list', {})).items;
    const { id } = await hub.admin.call('session.read');
    await hub.admin.call('queues.update', { params: { id: queue?.id ?? '' }, body: { agentIds: [id] } });
  }, 120_000);
  afterAll(async () => {
    await hub.stop();
    await line.twilio.close();
  });

  /** A call on the line of an agent with such a browser. */
  const withCall = async (
    microphone: boolean,
    story: (console: ConsolePage, sound: LineSound, caller: Leg) => Promise<void>,
  ) => {
    const browser: Browser = await launchBrowser({ microphone });
    try {
      const console = await ConsolePage.fresh(browser, hub);
      const sound = await LineSound.of(console);
      await console.bringSession();
      await console.goto('/inbox/open');
      await console.badge('Live').waitFor();
      await hub.admin.call('me.setState', { body: { state: 'ready' } });
      const caller = line.twilio.exchange.dialIn('+14155550101');
      await console.page.getByRole('region', { name: 'A conversation is offered to you' }).waitFor();
      const told = console.page.waitForResponse(/softphone\/calls\/\w+\/events/);
      await console.page.keyboard.press('y');
      await told;
      await console.page.getByRole('button', { name: 'Mute your microphone', exact: true }).waitFor();
      await story(console, sound, caller);
      expect(console.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  };
  const press = async ({ page }: ConsolePage, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('arrives at both ends, not while muted or on hold, and ends with the call', async () => {
    await withCall(true, async (console, sound, caller) => {
      const bar = console.page.getByRole('region', { name: 'Your call' });
      const meter = bar.getByRole('meter', { name: 'How loud your microphone is' });
      const level = async () => Number(await meter.getAttribute('aria-valuenow'));
      const isLoud = () => eventually(async () => expect(await level()).toBeGreaterThan(10));
      const isQuiet = () => eventually(async () => expect(await level()).toBeLessThan(10));

      await isLoud();
      await sound.isHeardAt('caller');
      await sound.isHeardAt('agent', () => line.twilio.exchange.say(caller, WORDS));

      await press(console, 'p', 'm');
      await bar.getByRole('button', { name: 'Unmute your microphone' }).waitFor();
      expect(await level()).toBe(0);
      await sound.isSilentAt('caller');
      await sound.isHeardAt('agent', () => line.twilio.exchange.say(caller, WORDS));
      await press(console, 'p', 'm');
      await sound.isHeardAt('caller');

      await press(console, 'p', 'h');
      await bar.getByText('On hold').waitFor();
      await eventually(async () => {
        const sent = await sound.sent();
        // The microphone goes on.
        await isLoud();
        await isQuiet();
        await isLoud();
        expect(await sound.sent()).toEqual(sent);
      });
      await press(console, 'p', 'h');
      await bar.getByText('On the line').waitFor();
      await sound.isHeardAt('caller');
      await sound.isHeardAt('agent', () => line.twilio.exchange.say(caller, WORDS));

      expect(await sound.states()).toEqual(['live', 'connected', 'connected']);
      await press(console, 'p', 'e');
      await bar.getByText('Call ended').waitFor();
      await eventually(async () => expect(await sound.states()).toEqual(['ended', 'closed', 'closed']));
      await bar.getByRole('button', { name: 'Save' }).click();
      await bar.waitFor({ state: 'hidden' });
    });
  });

  it('comes without a microphone as well, and the agent is told that nobody hears them', async () => {
    await withCall(false, async (console, sound, caller) => {
      const bar = console.page.getByRole('region', { name: 'Your call' });
      await bar.getByText('Nobody hears you: no microphone').waitFor();
      expect(await console.problems()).toEqual([]);
      await sound.isHeardAt('agent', () => line.twilio.exchange.say(caller, WORDS));
      await line.twilio.exchange.hangUp(caller);
      await bar.getByText('Call ended').waitFor();
      await eventually(async () => expect(await sound.states()).toEqual(['closed', 'closed']));
    });
  });
});
