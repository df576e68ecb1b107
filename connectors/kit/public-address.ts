import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown in place of a connection to loopback, private, link-local or otherwise special addresses. */
export class NotPublicError extends Error {
  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.name = 'NotPublicError';
  }
}

/** IPv4 inside IPv6 counts as the IPv4 address that it is. */
export const isPublicAddress = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/** An address that is written out is never looked up: call this first. */
export const assertNoPrivateLiteral = (hostname: string): void => {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host) && !isPublicAddress(host)) throw new NotPublicError(host);
};

/** For a socket's `lookup`: the address that is checked is the one that is connected to, so DNS rebinding changes nothing. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return done(new NotPublicError(hostname), []);
    if (options.all) return done(null, allowed);
    done(null, first.address, first.family);
  });
};
