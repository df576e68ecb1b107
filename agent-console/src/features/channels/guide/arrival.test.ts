import { describe, expect, it } from '@jest/globals';
import { arrivalOf, merged, reachOf } from './arrival.ts';

const at = (minute: number) => `2026-11-28T12:0${minute}:00.000Z`;
const refused = (minute: number, status = 403) => ({
  ...{ at: at(minute), status, reason: 'The signature is wrong' },
  host: null as string | null,
});
const none = { ok: true, lastInboundAt: null, connectedAt: null, refused: null };
const account = (health: Partial<Parameters<typeof arrivalOf>[0]['health']> = {}) => ({
  way: 'signed' as const,
  state: 'active' as const,
  health: { ...none, ...health },
});

describe('whether messages arrive', () => {
  it('waits until something came, and then says when', () => {
    expect(arrivalOf(account())).toEqual({ state: 'waiting' });
    expect(arrivalOf(account({ lastInboundAt: at(1) }))).toEqual({ state: 'arrived', at: at(1) });
    expect(arrivalOf({ ...account({ lastInboundAt: at(1) }), state: 'disabled' })).toEqual({ state: 'off' });
  });

  it('is refused until a good one comes', () => {
    const before = account({ lastInboundAt: at(1), refused: refused(2) });
    expect(arrivalOf(before)).toMatchObject({ state: 'refused', at: at(2), last: at(1), cause: 'unproven' });
    expect(arrivalOf(account({ lastInboundAt: at(3), refused: refused(2) }))).toMatchObject({ state: 'arrived' });
  });

  it('names the likely cause by what was wrong', () => {
    const causeOf = (status: number, way: 'signed' | 'secret' | 'visitors' = 'signed') =>
      arrivalOf({ ...account({ refused: refused(1, status) }), way });
    const elsewhere = { ...refused(1), host: 'old.example.com' };
    expect(arrivalOf(account({ refused: elsewhere }))).toMatchObject({ cause: 'elsewhere', host: 'old.example.com' });
    expect(causeOf(400)).toMatchObject({ cause: 'bare' });
    expect(causeOf(401, 'secret')).toMatchObject({ cause: 'secret' });
    expect(causeOf(403, 'visitors')).toMatchObject({ cause: 'website' });
    expect(causeOf(404)).toMatchObject({ cause: 'place' });
    expect(causeOf(405)).toMatchObject({ cause: 'way' });
  });

  it('counts a connection only while it stands, and only where the hub fetches', () => {
    const connected = { ...account({ connectedAt: at(1) }), way: 'connection' as const };
    expect(arrivalOf(connected)).toEqual({ state: 'arrived', at: at(1) });
    expect(arrivalOf({ ...connected, state: 'paused' })).toEqual({ state: 'waiting' });
    expect(arrivalOf(account({ connectedAt: at(1) }))).toEqual({ state: 'waiting' });
  });

  it('takes the newer of what was read and what was told', () => {
    const read = { lastInboundAt: at(1), connectedAt: null, refused: refused(3) };
    const told = { lastInboundAt: at(2), connectedAt: at(1), refused: refused(2) };
    expect(merged(read, told)).toEqual({ lastInboundAt: at(2), connectedAt: at(1), refused: refused(3) });
    expect(merged(told, read)).toEqual(merged(read, told));
  });
});

it.each([
  ['https://help.example.com/webhooks/1', 'https'],
  ['http://help.example.com/webhooks/1', 'plain'],
  ['http://localhost:3000/webhooks/1', 'local'],
  ['https://192.168.1.7/webhooks/1', 'local'],
  ['http://[::1]:3000/webhooks/1', 'local'],
])('%s reaches as far as %s', (url, reach) => {
  expect(reachOf(url)).toBe(reach);
});
