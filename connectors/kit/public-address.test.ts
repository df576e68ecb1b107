import { describe, expect, it } from '@jest/globals';
import { NotPublicError, publicLookup } from './public-address.ts';

describe('publicLookup', () => {
  it.each([true, false])('refuses a name that stands for this machine (all: %s)', async (all) => {
    const error = await new Promise((resolve) => publicLookup('localhost', { all }, resolve));
    expect(error).toBeInstanceOf(NotPublicError);
  });

  it('hands a public address on', async () => {
    const answer = await new Promise((resolve) =>
      publicLookup('8.8.8.8', { all: false }, (error, address, family) => resolve({ error, address, family })),
    );
    expect(answer).toEqual({ error: null, address: '8.8.8.8', family: 4 });
  });
});
