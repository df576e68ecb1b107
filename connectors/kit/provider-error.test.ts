import { describe, expect, it } from '@jest/globals';
import { asConnectorError, codeOfStatus, retryAfterMs } from './provider-error.ts';
import { FetchError } from './safe-fetch.ts';
import type { FetchFailure } from './safe-fetch.ts';

describe('codeOfStatus', () => {
  it.each([
    [400, 'rejected', 'rejected'],
    [401, 'unauthorised', 'unauthorised'],
    [403, 'unauthorised', 'unauthorised'],
    [404, 'rejected', 'rejected'],
    [408, 'temporary', 'unknown'],
    [429, 'rate-limited', 'rate-limited'],
    [500, 'temporary', 'unknown'],
    [503, 'temporary', 'unknown'],
  ])('takes %i for %s in a read and %s in a write', (status, read, write) => {
    expect([codeOfStatus(status, 'read'), codeOfStatus(status, 'write')]).toEqual([read, write]);
  });
});

describe('asConnectorError', () => {
  it.each<[FetchFailure, string, string]>([
    ['never-sent', 'temporary', 'temporary'],
    ['timed-out', 'temporary', 'unknown'],
    ['broken', 'temporary', 'unknown'],
    ['forbidden', 'rejected', 'rejected'],
    ['too-large', 'rejected', 'rejected'],
  ])('takes %s for %s in a read and %s in a write', (failure, read, write) => {
    const error = new FetchError(failure, 'why');
    expect(asConnectorError(error, 'Acme', 'read')).toMatchObject({ code: read, message: 'Acme: why' });
    expect(asConnectorError(error, 'Acme', 'write')).toMatchObject({ code: write });
  });

  it('leaves our own mistakes as they are', () => {
    const mistake = new TypeError('x is undefined');
    expect(asConnectorError(mistake, 'Acme', 'write')).toBe(mistake);
  });
});

describe('retryAfterMs', () => {
  it.each([
    [null, undefined],
    ['7', 7000],
    ['Mon, 02 Mar 2026 10:01:00 GMT', 60_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads %j as %s', (header, expected) => {
    expect(retryAfterMs(header, new Date('2026-03-02T10:00:00.000Z'))).toBe(expected);
  });
});
