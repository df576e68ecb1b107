import { ReportQuery, type MetricGroup } from '@switchboard/contract';

/** Where one begins. */
export const usual: ReportQuery = { period: '7-days', clock: 'calendar', by: 'queue' };

export type Part = 'channel' | 'agent' | 'tag';
const fieldOf = { channel: 'channel', agent: 'agentId', tag: 'tag' } as const;

/** What an address asks for; the usual one where it says nothing, or nothing that there is. */
export function queryOf(search: URLSearchParams): ReportQuery {
  const parsed = ReportQuery.safeParse({ ...usual, ...Object.fromEntries(search) });
  return parsed.success ? parsed.data : usual;
}

/** The one part that it is about. */
export function partOf(query: ReportQuery): { part: Part; value: string } | null {
  for (const part of ['channel', 'agent', 'tag'] as const) {
    const value = query[fieldOf[part]];
    if (value !== undefined) return { part, value };
  }
  return null;
}

/** About that part alone, or about everything. Figures of one part are compared by queue only. */
export function withPart(query: ReportQuery, chosen: { part: Part; value: string } | null): ReportQuery {
  const { channel: _, agentId: __, tag: ___, ...rest } = query;
  return chosen === null ? rest : ReportQuery.parse({ ...rest, by: 'queue', [fieldOf[chosen.part]]: chosen.value });
}

/** What the rows of a comparison are filtered by, to be looked into. */
export const filterFor = (by: MetricGroup, key: string): object =>
  by === 'queue' ? { queueId: key } : { [fieldOf[by]]: key };
