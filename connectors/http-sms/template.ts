/** What a request to a gateway may name in braces, and what stands there then. */
export const placeholders = {
  to: 'the customer’s number, +491701234567',
  toDigits: 'the same without the plus',
  from: 'the sender',
  text: 'the message',
  encoding: '“unicode” where the text needs it, else “text”',
  id: 'our id of the message',
  statusUrl: 'where delivery reports are to be sent',
  apiKey: 'the API key',
  apiSecret: 'the API secret',
  basic: 'API key and secret as HTTP basic authentication takes them',
} as const;
export type Values = Record<keyof typeof placeholders, string>;

const named = /\{(\w+)\}/g;

/** Names in braces that mean nothing, for whoever wrote the template. */
export const unknownIn = (template: string): string[] =>
  [...template.matchAll(named)].map(([, name = '']) => name).filter((name) => !Object.hasOwn(placeholders, name));

/** How a value is written so that it stays a value where it stands. */
export const escapes = {
  url: encodeURIComponent,
  form: (value: string) => encodeURIComponent(value).replace(/%20/g, '+'),
  /** Inside of the quotes that the template has. */
  json: (value: string) => JSON.stringify(value).slice(1, -1),
  header: (value: string) => value.replace(/[\r\n]/g, ' '),
} satisfies Record<string, (value: string) => string>;

export const fill = (template: string, values: Values, escape: (value: string) => string): string =>
  template.replace(named, (whole, name: string) =>
    Object.hasOwn(values, name) ? escape(values[name as keyof Values]) : whole,
  );
