import type { Party } from '@switchboard/contract';

const ADDRESS = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]+$/;

/** “Ada <ada@example.com>, bob@example.com” as people; what is no address is named. */
export function readAddresses(typed: string): { parties: Party[]; wrong: string[] } {
  const parties: Party[] = [];
  const wrong: string[] = [];
  for (const each of typed
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)) {
    const named = /^"?([^"<]*?)"?\s*<([^>]+)>$/.exec(each);
    const address = (named?.[2] ?? each).trim().toLowerCase();
    if (!ADDRESS.test(address)) wrong.push(each);
    else if (!parties.some((party) => party.externalId === address)) parties.push(partyOf(address, named?.[1]));
  }
  return { parties, wrong };
}
const partyOf = (address: string, name?: string): Party => ({
  externalId: address,
  ...(name ? { displayName: name } : {}),
  handles: [{ type: 'email', value: address }],
});

export const writeAddresses = (parties: readonly Party[]): string =>
  parties
    .map((party) => (party.displayName ? `${party.displayName} <${party.externalId}>` : party.externalId))
    .join(', ');
