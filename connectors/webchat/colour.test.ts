import { expect, it } from '@jest/globals';
import { contrast, readableOn, textOn } from './colour.ts';

it.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#2f5bea', '#ffffff', 5.52],
])('the contrast of %s on %s is %d', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1);
  expect(contrast(other, one)).toBeCloseTo(ratio, 1);
});

it.each([
  ['#2f5bea', '#ffffff'],
  ['#d6002a', '#ffffff'],
  ['#ffd166', '#000000'],
  ['#00e5ff', '#000000'],
])('on %s the text is %s', (background, text) => {
  expect(textOn(background)).toBe(text);
});

it('leaves a colour as it is where it can be read', () => {
  expect(readableOn('#ffffff', '#2f5bea')).toBe('#2f5bea');
});

it('finds text that can be read for any colour and on any of its shades', () => {
  const steps = ['00', '33', '66', '99', 'cc', 'ff'];
  const colours = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));
  for (const colour of colours) {
    expect(contrast(textOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(readableOn('#f4f5f8', colour), '#f4f5f8')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(readableOn('#22252e', colour), '#22252e')).toBeGreaterThanOrEqual(4.5);
  }
});
