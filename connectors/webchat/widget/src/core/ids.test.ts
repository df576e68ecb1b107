import { expect, it } from '@jest/globals';
import { newId } from './ids.ts';

it('makes ids that sort by the time they were made', () => {
  const random = (bytes: Uint8Array) => bytes.fill(0xff);
  const [earlier, later] = [newId(Date.UTC(2026, 2, 2), random), newId(Date.UTC(2026, 2, 3), random)];
  expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(earlier.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 2, 2));
  expect(earlier < later).toBe(true);
});
