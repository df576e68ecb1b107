import type { ContentPart } from '@switchboard/contract';

type Template = Extract<ContentPart, { type: 'template' }>;
type Values = [key: string, value: string][];

/** `1` or `name` is the body's; `header.1`, `button.0.1` (of the first button) are others'. */
const parameters = (values: Values) =>
  values.map(([key, value]) => ({
    type: 'text',
    text: value,
    // Positional ones have no name.
    ...(!/^\d+$/.test(key) && { parameter_name: key }),
  }));

const below = (variables: Values, prefix: string): Values =>
  variables.flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : []));

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api */
export const templateOf = ({ name, language, variables }: Template) => {
  const values = Object.entries(variables).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const body = values.filter(([key]) => !key.includes('.'));
  const header = below(values, 'header.');
  const buttons = [...new Set(below(values, 'button.').map(([key]) => key.split('.')[0] ?? '0'))];
  const components = [
    ...(header.length > 0 ? [{ type: 'header', parameters: parameters(header) }] : []),
    ...(body.length > 0 ? [{ type: 'body', parameters: parameters(body) }] : []),
    ...buttons.map((index) => ({
      type: 'button',
      sub_type: 'url',
      index,
      parameters: parameters(below(values, `button.${index}.`)),
    })),
  ];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
};
