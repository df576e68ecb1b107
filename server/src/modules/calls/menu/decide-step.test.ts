import { describe, expect, it } from '@jest/globals';
import type { CallMenu, CallStep, CallTurn, MenuNode } from '@switchboard/contract';
import { blankCall, type Call, type Leg } from '../call.schema.ts';
import { stepOf } from './decide-step.ts';
import { DEFAULT_MENU, recordingBy } from './default-menu.ts';
import { take, type Around } from './take-turn.ts';

const now = new Date('2026-03-02T10:00:00Z');
const nodes: MenuNode[] = [
  {
    ...{ id: 'Main', does: 'menu', say: { en: 'Orders, one. Boss, two.', de: 'Bestellungen, eins.' } },
    choices: [
      { key: '1', to: 'Sales', words: ['orders'], language: null },
      { key: '2', to: 'Boss', words: ['boss'], language: null },
      { key: '3', to: 'Main', words: [], language: 'de' },
      { key: '4', to: 'Bye', words: [], language: null },
    ],
  },
  { id: 'Sales', does: 'queue', say: { en: 'Sales is coming.' }, queueId: 'sales' },
  { id: 'Sales at night', does: 'queue', say: { en: 'Somebody is awake.' }, queueId: 'sales' },
  { id: 'Boss', does: 'number', say: {}, number: '+442079460109', otherwise: 'Note' },
  { id: 'Note', does: 'voicemail', say: { en: 'Tell the boss.' } },
  { id: 'Night', does: 'voicemail', say: {} },
  { id: 'Bye', does: 'hang-up', say: { en: 'Read our page.' } },
];
const menu = (is: Partial<CallMenu> = {}): CallMenu => ({
  ...DEFAULT_MENU,
  ...{ languages: ['en', 'de'], speech: true, start: 'Main', closed: 'Night', nodes, ...is },
});

/** A caller who gives these, one after the other: what they hear last, and where their call is. */
function hears(given: Partial<CallMenu>, inputs: readonly string[], is: Partial<Around> = {}) {
  const around: Around = { menu: menu(given), open: true, wait: null, now, newId: () => 'id', ...is };
  let call: Call = blankCall('call', now, {
    ...{ channelAccountId: 'line', direction: 'inbound', customerName: '', line: '', phase: 'menu', startedAt: now },
    ...{ customer: { externalId: '+1', handles: [{ type: 'phone', value: '+1' }] }, language: 'en' },
    ...recordingBy(around.menu),
  });
  let at: CallTurn['at'] = { what: 'arrived' };
  let step: CallStep | undefined;
  for (const input of [null, ...inputs]) {
    if (input !== null && step !== undefined) at = answer(step, input);
    const taken = take(call, at, around);
    // The same turn again, as a provider that heard no answer asks it: nothing more comes of it.
    expect(take(taken, at, around)).toEqual(taken);
    call = taken;
    step = stepOf(call, at, around);
  }
  return { call, step: step as CallStep, words: step?.say.map(({ text }) => text).join(' ') };
}
function answer(step: CallStep, input: string): CallTurn['at'] {
  const given = input.length > 1 ? { speech: input } : input === '' ? {} : { key: input };
  if (step.does === 'ask') return { what: 'answered', step: step.step, ...given };
  if (step.does === 'forward') return { what: 'forwarded', step: step.step, reached: input === '1' };
  return { what: 'waiting', secondsInQueue: 30, ...given };
}

describe('a caller', () => {
  it.each<[string, string[], Partial<CallMenu>, Partial<Call>, RegExp, CallStep['does']]>([
    ['is asked', [], {}, { phase: 'menu' }, /^Orders, one/, 'ask'],
    [
      'who presses a key waits in its queue',
      ['1'],
      {},
      { phase: 'queue', queueId: 'sales', node: 'Sales' },
      /^Sales is coming/,
      'wait',
    ],
    [
      'who says its word does so, too',
      ['my ORDERS please'],
      {},
      { phase: 'queue', queueId: 'sales' },
      /^Sales/,
      'wait',
    ],
    ['who presses another is asked again', ['9'], {}, { phase: 'menu' }, /did not understand.*Orders/, 'ask'],
    [
      'who says nothing three times is put through',
      ['', '', ''],
      {},
      { phase: 'queue', queueId: 'sales' },
      /^Sales/,
      'wait',
    ],
    ['who chooses a language hears that one', ['3'], {}, { language: 'de' }, /^Bestellungen/, 'ask'],
    ['whose language a step has not hears the first', ['3', '1'], {}, { language: 'de' }, /^Sales is coming/, 'wait'],
    ['is led to a number', ['2'], {}, { phase: 'forwarded', node: 'Boss' }, /being connected/, 'forward'],
    ['who reached it is done', ['2', '1'], {}, { phase: 'forwarded' }, /Goodbye/, 'hang-up'],
    ['who did not goes on', ['2', ''], {}, { phase: 'voicemail', node: 'Note' }, /^Tell the boss\.$/, 'record'],
    ['is told goodbye in its words', ['4'], {}, { phase: 'menu' }, /Read our page/, 'hang-up'],
    [
      'who waits may be called back',
      ['1', '1'],
      {},
      { phase: 'callback', callbackId: 'id', triesMost: 3 },
      /keep your place/,
      'hang-up',
    ],
    ['may not where that is off', ['1', '1'], { callback: false }, { phase: 'queue' }, /To leave a message/, 'wait'],
    [
      'who waits may leave a message, in the words for that',
      ['1', '2'],
      { voicemailWords: { en: 'Speak!' } },
      { phase: 'voicemail', node: null },
      /^Speak!$/,
      'record',
    ],
    [
      'who waits hears what is said between the music',
      ['1', ''],
      { waiting: { en: 'Have you seen our page?' } },
      { phase: 'queue' },
      /^Have you seen/,
      'wait',
    ],
    [
      'is asked whether it may be recorded',
      ['1'],
      { recording: 'asked' },
      { phase: 'menu', node: 'Sales', records: false },
      /May we record.*press 1/,
      'ask',
    ],
    [
      'who agrees is recorded',
      ['1', '1'],
      { recording: 'asked' },
      { phase: 'queue', records: true, recording: 'on' },
      /^Sales/,
      'wait',
    ],
    [
      'who does not is not',
      ['1', '2'],
      { recording: 'asked' },
      { phase: 'queue', records: false, recording: null },
      /^Sales/,
      'wait',
    ],
    [
      'who says nothing to that is not',
      ['1', '', '', ''],
      { recording: 'asked' },
      { phase: 'queue', records: false },
      /^Sales/,
      'wait',
    ],
    [
      'who leaves a message is not asked',
      [],
      { recording: 'asked', start: 'Note' },
      { phase: 'voicemail' },
      /^Tell/,
      'record',
    ],
    [
      'is told of the recording where it is led on',
      ['2'],
      { recording: 'announced' },
      { records: true, transcribes: false },
      /recorded\./,
      'forward',
    ],
    [
      'is told of that alone there: what is said with a number is not written down',
      ['2'],
      { recording: 'announced', transcribeCalls: true },
      { records: true, transcribes: true },
      /recorded\./,
      'forward',
    ],
    [
      'is asked whether it may be written down as well',
      ['1'],
      { recording: 'asked', transcribeCalls: true },
      { transcribes: true },
      /May we record and transcribe this call/,
      'ask',
    ],
  ])('%s', (_, inputs, given, expected, words, does) => {
    const heard = hears(given, inputs);
    expect(heard.call).toMatchObject(expected);
    expect(heard.step.does).toBe(does);
    expect(heard.words).toMatch(words);
  });

  it('who comes outside of the hours is told so, unless its step has words of its own', () => {
    expect(hears({}, [], { open: false }).words).toMatch(/closed at the moment.*after the tone/);
    expect(hears({ closed: 'Note' }, [], { open: false }).words).toBe('Tell the boss.');
  });

  it('hears the words of the very step that led to a queue, and the place only where it is told', () => {
    const wait = { position: 3, range: null, text: '' };
    expect(hears({ start: 'Sales at night' }, [], { wait }).words).toMatch(/^Somebody is awake\. You are number 3/);
    expect(hears({ start: 'Sales at night', tellsPlace: false }, [], { wait }).words).not.toMatch(/number 3/);
  });

  it('hears words that are not translated in the language that they are in', () => {
    expect(hears({}, ['3', '1']).step.say[0]).toEqual({ text: 'Sales is coming.', language: 'en' });
  });

  it('goes on in a menu that was changed under them: no step that is gone loses a caller', () => {
    const asked = hears({}, []);
    const around = {
      menu: menu({ start: 'Sales', nodes: nodes.slice(1) }),
      open: true,
      wait: null,
      now,
      newId: () => '',
    };
    const at = answer(asked.step, '1');
    expect(stepOf(take(asked.call, at, around), at, around)).toMatchObject({ does: 'wait' });
  });

  it('who asks while being brought to the agent hears music, and joins by asking where nobody brought them', () => {
    const { call } = hears({}, ['1']);
    const ada = { id: 'A1', role: 'agent', agentId: 'ada', name: 'Ada', state: 'joined', held: false } as const;
    const legs: Leg[] = [{ ...ada, at: now, joinedAt: now, leftAt: null }];
    const asks = (seconds: number) => {
      const around = { menu: menu(), open: true, wait: null, now: new Date(+now + seconds * 1000), newId: () => '' };
      const at = { what: 'waiting', secondsInQueue: 3 } as const;
      return stepOf({ ...call, phase: 'connecting', legs }, at, around).does;
    };
    expect([asks(1), asks(30)]).toEqual(['wait', 'join']);
  });
});
