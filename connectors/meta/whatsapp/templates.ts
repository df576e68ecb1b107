import { ConnectorError, variablesIn } from '@switchboard/contract';
import type { MessageTemplate } from '@switchboard/contract';
import { z } from 'zod';
import type { Graph } from '../graph.ts';

const Component = z.object({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  example: z
    .object({
      body_text: z.array(z.array(z.string())).optional(),
      header_text: z.array(z.string()).optional(),
      body_text_named_params: z.array(z.object({ param_name: z.string(), example: z.string() })).optional(),
    })
    .optional()
    .catch(undefined),
  buttons: z.array(z.object({ text: z.string().default(''), url: z.string().optional() })).optional(),
});
type Component = z.infer<typeof Component>;
const Page = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      status: z.string(),
      category: z.string().default(''),
      components: z.array(Component).default([]),
    }),
  ),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});
type Template = z.infer<typeof Page>['data'][number];

const MOST_PAGES = 20;

/** Each variable under the name that `template.ts` takes it by. */
const prefixed = (text: string, prefix: string): string =>
  text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, key: string) => `{{${prefix}${key}}}`);

const examplesOf = ({ example, text = '' }: Component, prefix: string): Record<string, string> => {
  const named = example?.body_text_named_params?.map(({ param_name, example: one }) => [param_name, one]) ?? [];
  const positional = example?.body_text?.[0] ?? example?.header_text ?? [];
  const keys = variablesIn(text);
  return Object.fromEntries([
    ...keys.flatMap((key, index) => (positional[index] === undefined ? [] : [[prefix + key, positional[index]]])),
    ...named.map(([key, one]) => [`${prefix}${key}`, one]),
  ]) as Record<string, string>;
};

/** null: it needs a picture or a file, which no composer fills in here. */
const viewOf = ({ name, language, category, components }: Template): MessageTemplate | null => {
  const of = (type: string) => components.find((component) => component.type.toUpperCase() === type);
  const [header, body, footer, buttons] = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].map(of);
  if (header?.format !== undefined && header.format.toUpperCase() !== 'TEXT') return null;
  const links = (buttons?.buttons ?? []).flatMap(({ url = '' }, index) =>
    variablesIn(url).map((key) => `button.${index}.${key}`),
  );
  const text = [header?.text && prefixed(header.text, 'header.'), body?.text, footer?.text]
    .filter(Boolean)
    .join('\n\n');
  const examples = { ...(header && examplesOf(header, 'header.')), ...(body && examplesOf(body, '')) };
  const keys = [...variablesIn(text), ...links];
  return {
    name,
    language,
    category: category.toLowerCase(),
    text: text.slice(0, 4000),
    variables: keys.map((key) => ({ key, ...(examples[key] !== undefined && { example: examples[key] }) })),
    buttons: (buttons?.buttons ?? []).map(({ text: label }) => label).slice(0, 20),
  };
};

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management */
export const listTemplates = async (graph: Graph, businessAccountId: string): Promise<MessageTemplate[]> => {
  const found: MessageTemplate[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { status: 'APPROVED', limit: '100', fields: 'name,language,status,category,components' };
    const answer = await graph.get(`${businessAccountId}/message_templates`, { ...query, ...(after && { after }) });
    const read = Page.safeParse(answer);
    if (!read.success) throw new ConnectorError('temporary', 'Meta’s list of templates cannot be read');
    const { data, paging } = read.data;
    const approved = data.filter(({ status }) => status === 'APPROVED').map(viewOf);
    found.push(...approved.filter((template) => template !== null));
    after = paging?.cursors?.after;
    if (paging?.next === undefined || after === undefined) break;
  }
  return found;
};
