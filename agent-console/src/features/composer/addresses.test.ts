import { describe, expect, it } from '@jest/globals';
import { readAddresses, writeAddresses } from './addresses.ts';

describe('readAddresses', () => {
  it.each([
    ['ada@x.io', ['ada@x.io'], []],
    ['Ada Lovelace <Ada@X.io>; bob@x.io,', ['ada@x.io', 'bob@x.io'], []],
    ['ada@x.io, ADA@x.io', ['ada@x.io'], []],
    ['ada, b@x', [], ['ada', 'b@x']],
    ['', [], []],
  ])('%j', (typed, addresses, wrong) => {
    const read = readAddresses(typed);
    expect(read.parties.map((party) => party.externalId)).toEqual(addresses);
    expect(read.wrong).toEqual(wrong);
  });

  it('writes what it read', () => {
    expect(writeAddresses(readAddresses('"Ada L" <ada@x.io>, bob@x.io').parties)).toBe('Ada L <ada@x.io>, bob@x.io');
  });
});
