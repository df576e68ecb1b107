import { expect, it } from '@jest/globals';
import { TypingSignal } from './typing.ts';

const aSignal = () => {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  const told: [number, boolean][] = [];
  const signal = new TypingSignal((typing) => told.push([now, typing]), {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      due.push(timer);
      return () => (due = due.filter((one) => one !== timer));
    },
  });
  const passes = (ms: number) => {
    now += ms;
    const ripe = due.filter(({ at }) => at <= now);
    due = due.filter((timer) => !ripe.includes(timer));
    for (const { run } of ripe) run();
  };
  return { signal, told, passes };
};

it('tells at once, and then only every three seconds', () => {
  const { signal, told, passes } = aSignal();
  for (let second = 0; second < 7; second += 1) {
    signal.typed();
    passes(1000);
  }
  expect(told).toEqual([
    [0, true],
    [3000, true],
    [6000, true],
  ]);
});

it('tells that it stopped after a pause, once', () => {
  const { signal, told, passes } = aSignal();
  signal.typed();
  passes(5000);
  passes(5000);
  signal.stopped();
  expect(told).toEqual([
    [0, true],
    [5000, false],
  ]);
});

it('stops at once when the message is sent, and says nothing where nothing was typed', () => {
  const { signal, told } = aSignal();
  signal.stopped();
  signal.typed();
  signal.stopped();
  signal.stopped();
  expect(told).toEqual([
    [0, true],
    [0, false],
  ]);
});
