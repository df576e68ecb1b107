import type { Handle } from '@switchboard/contract';

/** A phone number with its country code, or an e-mail address, and nothing else; null: other words. */
export function addressIn(words: string): Handle | null {
  const said = words.trim();
  const number = said.replace(/[\s().-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(number)) return { type: 'phone', value: number };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said) ? { type: 'email', value: said.toLowerCase() } : null;
}
