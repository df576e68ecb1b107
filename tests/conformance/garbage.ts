/** mulberry32: the same numbers in every run, so that what fails can be tried again. */
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const fixed = [
  '',
  ' ',
  '\0',
  'null',
  'true',
  '0',
  '""',
  '{}',
  '[]',
  '[{}]',
  '{"__proto__":{"type":"message"}}',
  `${'['.repeat(50_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '=&=&=',
  '%',
  'a'.repeat(100_000),
  '\ufeff{"type":"message"}',
  '\r\n\r\n\r\n',
];

/** Bodies that nobody should send: random bytes, and the good one cut off or with some of its bytes changed. */
export const garbageOf = (good: Buffer): Buffer[] => {
  const random = randomOf(good.length + 1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const noise = [1, 10, 100, 1_000, 10_000].map((length) => Buffer.from(Array.from({ length }, () => below(256))));
  const cut = Array.from({ length: 12 }, () => good.subarray(0, below(good.length)));
  const changed = Array.from({ length: 12 }, () => {
    const copy = Buffer.from(good);
    for (let n = 0; n < 3 && copy.length > 0; n += 1) copy[below(copy.length)] = below(256);
    return copy;
  });
  return [...fixed.map((text) => Buffer.from(text)), ...noise, ...cut, ...changed, Buffer.concat([good, good])];
};
