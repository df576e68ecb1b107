export type PasswordReason = 'personal' | 'repeats' | 'sequence' | 'digits' | 'fair' | 'good';
export type PasswordAdvice =
  | { readonly level: 'short'; readonly missing: number }
  | { readonly level: 'weak' | 'fair' | 'good'; readonly reason: PasswordReason };

const LEAST = 10;
const LONG = 15;
const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
];
const COMMON = ['password', 'passwort', 'letmein', 'welcome', 'iloveyou', 'changeme', 'switchboard', 'admin'];

/**
 * What can honestly be said of a password without a dictionary: that it is too short, made of things that are guessed
 * first, or long enough. It never calls one "strong": only the person knows where else it is used. Pure.
 */
export function passwordAdvice(password: string, about: readonly string[]): PasswordAdvice {
  if (password.length < LEAST) return { level: 'short', missing: LEAST - password.length };
  const plain = password.toLowerCase();
  const own = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3);
  if (restWithout(plain, [...own, ...COMMON]).length < plain.length / 2) return { level: 'weak', reason: 'personal' };
  if (new Set(plain).size < 5) return { level: 'weak', reason: 'repeats' };
  if (restWithout(plain, runsIn(plain)).length < plain.length / 2) return { level: 'weak', reason: 'sequence' };
  if (/^\d+$/.test(plain)) return { level: 'weak', reason: 'digits' };
  return plain.length >= LONG ? { level: 'good', reason: 'good' } : { level: 'fair', reason: 'fair' };
}

const restWithout = (text: string, parts: readonly string[]) =>
  [...parts].sort((a, b) => b.length - a.length).reduce((rest, part) => rest.replaceAll(part, ''), text);

/** Pieces of four or more that stand in a row on the keyboard or in the alphabet, either way round. */
function runsIn(text: string): string[] {
  const lines = SEQUENCES.flatMap((line) => [line, [...line].reverse().join('')]);
  const runs: string[] = [];
  for (let from = 0; from < text.length; from++) {
    for (let to = text.length; to - from >= 4; to--) {
      const piece = text.slice(from, to);
      if (lines.some((line) => line.includes(piece))) {
        runs.push(piece);
        break;
      }
    }
  }
  return runs;
}
