import { parseAddressHeader } from 'mailparser';
import type { Mailbox } from './mail.ts';

const looksLikeAddress = /^[^\s@<>]+@[^\s@<>]+$/;

/** The mailboxes of an address header, members of groups included. What is no address is left out. */
export const parseMailboxes = (value: string): Mailbox[] =>
  parseAddressHeader(value, { flatten: true, decodePunycode: false }).value.flatMap(({ address, name }) => {
    const lower = address?.trim().toLowerCase() ?? '';
    if (!looksLikeAddress.test(lower) || lower.length > 320) return [];
    const shown = name.replace(/\s+/g, ' ').trim().slice(0, 500);
    return [{ address: lower, ...(shown && shown.toLowerCase() !== lower && { name: shown }) }];
  });

// Lengths are bounded so that a long run of letters costs no more than a line of words.
const addressPattern =
  /[\p{L}\p{N}._%+'=/&#!~-]{1,128}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,10}[\p{L}\p{N}-]{2,63}/gu;

/** Every address that a running text names, lower case, in order, each once. */
export const addressesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(addressPattern)].map(([address]) => address.toLowerCase().replace(/^['=]+/, ''))),
];
