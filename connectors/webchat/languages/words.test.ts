import { expect, it } from '@jest/globals';
import { launcherTexts, panelTexts } from '../widget/src/core/texts.ts';
import { languages, wordsFor } from './words.ts';

const english: Record<string, string> = { ...launcherTexts, ...panelTexts };
const gapsIn = (text = ''): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

it.each(Object.entries(languages))('has every word of the widget in %s, with the same gaps', (_, words) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(words)) expect([key, gapsIn(text)]).toEqual([key, gapsIn(english[key])]);
});

it.each([
  [['de-AT', 'en'], {}, 'de:send', 'Senden'],
  [['pt', 'fr-CA'], {}, 'fr:send', 'Envoyer'],
  [['es'], { title: 'Acme' }, 'es:title', undefined],
  [['de'], { 'de:send': 'Los' }, 'de:send', 'Senden'],
  [['en-GB', 'de'], {}, 'de:send', undefined],
  [['nl', 'de'], { 'nl:send': 'Versturen' }, 'de:send', undefined],
  [['ja'], {}, 'ja:send', undefined],
  [['constructor'], {}, 'constructor:send', undefined],
])('of a visitor with %j, where the account has %j: %s is %p', (visitor, own, key, expected) => {
  expect(wordsFor(visitor, own as Record<string, string>)[key]).toBe(expected);
});
