import { text } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import type { MessageTemplate } from '@switchboard/contract';
import { z } from 'zod';
import { asConnectorError } from '../../kit/provider-error.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import { authorizationOf } from '../account.ts';
import { errorOfAnswer, readAnswer } from '../api-errors.ts';
import type { WhatsAppSettings } from './settings.ts';

const Body = z.object({
  body: z.string().optional(),
  title: z.string().optional(),
  media: z.unknown().optional(),
  actions: z
    .array(z.object({ title: z.string().default('') }))
    .optional()
    .catch(undefined),
});
const Page = z.object({
  contents: z.array(
    z.object({
      sid: z.string(),
      friendly_name: z.string().default(''),
      language: z.string().default('en'),
      variables: z.record(z.string(), z.string()).default({}).catch({}),
      types: z.record(z.string(), Body).default({}),
      approval_requests: z
        .object({ name: z.string().optional(), category: z.string().optional(), status: z.string() })
        .optional()
        .catch(undefined),
    }),
  ),
  meta: z.object({ next_page_url: z.string().nullish() }).optional(),
});
type Content = z.infer<typeof Page>['contents'][number];

const MOST_PAGES = 20;

const viewOf = ({ sid, friendly_name, language, variables, types, approval_requests }: Content): MessageTemplate[] => {
  const [type] = Object.values(types);
  if (approval_requests?.status !== 'approved' || type === undefined || type.media) return [];
  return [
    {
      // Twilio sends it by its id alone; people know it by its name.
      name: `${approval_requests.name ?? friendly_name} ${sid}`.trim().slice(-200),
      language,
      category: (approval_requests.category ?? '').toLowerCase(),
      text: (type.body ?? type.title ?? '').slice(0, 4000),
      variables: Object.entries(variables).map(([key, example]) => ({ key, ...(example && { example }) })),
      buttons: (type.actions ?? []).map(({ title }) => title).slice(0, 20),
    },
  ];
};

export const contentSidOf = (name: string): string => {
  const sid = /HX[0-9a-f]{32}/i.exec(name)?.[0];
  if (sid === undefined) throw new ConnectorError('rejected', 'This is not one of Twilio’s templates');
  return sid;
};

/** https://www.twilio.com/docs/content/content-api-resources#fetch-content-and-approval-status */
export const listTemplates = async (
  settings: WhatsAppSettings,
  fetch: SafeFetch,
  now: () => Date,
): Promise<MessageTemplate[]> => {
  const base = settings.contentBaseUrl.replace(/\/+$/, '');
  const found: MessageTemplate[] = [];
  let path: string | null = '/v1/ContentAndApprovals?PageSize=100';
  for (let page = 0; path !== null && page < MOST_PAGES; page += 1) {
    const response = await fetch(base + path, {
      headers: { authorization: authorizationOf(settings) },
      timeoutMs: 9_000,
    }).catch((error: unknown) => {
      throw asConnectorError(error, 'Twilio', 'read');
    });
    const body = await text(response.body);
    if (response.status >= 300) throw errorOfAnswer(response, body, 'read', now());
    const read = Page.safeParse(readAnswer(body, 'read'));
    if (!read.success) throw new ConnectorError('temporary', 'Twilio’s list of templates cannot be read');
    found.push(...read.data.contents.flatMap(viewOf));
    const next: string | null | undefined = read.data.meta?.next_page_url;
    const url: URL | null = next && URL.canParse(next) ? new URL(next) : null;
    path = url && url.pathname + url.search;
  }
  return found;
};
