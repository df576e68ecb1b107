import { expect, it } from '@jest/globals';
import { place } from './floating.ts';

const screen = { width: 1000, height: 800 };
const box = { width: 200, height: 100 };
const anchorAt = (left: number, top: number) => ({
  left,
  top,
  width: 40,
  height: 20,
  right: left + 40,
  bottom: top + 20,
});

it.each([
  ['below, at its start', anchorAt(100, 100), 'bottom-start', { left: 100, top: 126 }],
  ['below, at its end', anchorAt(400, 100), 'bottom-end', { left: 240, top: 126 }],
  ['above where there is no room below', anchorAt(100, 760), 'bottom-start', { left: 100, top: 654 }],
  ['below where there is no room above', anchorAt(100, 20), 'top-start', { left: 100, top: 46 }],
  ['beside', anchorAt(100, 100), 'right', { left: 146, top: 60 }],
  ['on the other side where there is no room', anchorAt(900, 100), 'right', { left: 694, top: 60 }],
  ['never off the screen', anchorAt(970, 100), 'bottom-start', { left: 792, top: 126 }],
] as const)('puts the box %s', (_, anchor, placement, at) => expect(place(anchor, box, screen, placement)).toEqual(at));
