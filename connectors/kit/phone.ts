import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';

/**
 * E.164, or null where the input is no phone number. National spellings need the region that they are from. Every number of a
 * possible length passes: operators hand out ranges before any metadata knows them.
 */
export const toE164 = (input: string, defaultRegion?: CountryCode): string | null => {
  // Full-width digits and plus signs come from East Asian keyboards.
  const typed = input.normalize('NFKC').trim();
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry: defaultRegion, extract: false });
  return parsed?.isPossible() ? parsed.number : null;
};

/** The region of an international number, undefined where several share its code and nothing tells them apart. */
export const regionOf = (e164: string): CountryCode | undefined => parsePhoneNumberFromString(e164)?.country;
