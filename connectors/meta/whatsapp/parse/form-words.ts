import type { Interactive } from './payload.schema.ts';

type Form = NonNullable<Interactive['nfm_reply']>;

const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(shown).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

const answersOf = (given: unknown): string[] => {
  if (given === undefined || given === '') return [];
  let answers: unknown = given;
  try {
    if (typeof given === 'string') answers = JSON.parse(given);
  } catch {
    // Better the answers in a form that is hard to read than none.
    return [String(given)];
  }
  if (typeof answers !== 'object' || answers === null) return [shown(answers)];
  return Object.entries(answers)
    .filter(([name]) => name !== 'flow_token')
    .map(([name, value]) => `${name}: ${shown(value)}`);
};

/** A filled form (Flow, address) as lines: https://developers.facebook.com/docs/whatsapp/flows/guides/receiveflowresponse */
export const formWords = ({ name, body, response_json }: Form): string =>
  [body || (name ? `(${name})` : '(a form)'), ...answersOf(response_json)].join('\n').slice(0, 100_000);
