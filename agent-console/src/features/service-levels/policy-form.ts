import type { PolicySettings, PolicyView } from '@switchboard/contract';

/** '45', '30m', '4h', '1h 30m' → minutes; '' → null: no target; undefined: not a length of time. Pure. */
export function parseMinutes(typed: string): number | null | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return null;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const found = /^(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*m(?:in)?)?$/.exec(text);
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0) : undefined;
}

/** As `parseMinutes` reads it. */
export function typedMinutes(minutes: number | null): string {
  if (minutes === null || minutes === 0) return '';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours ? [`${hours}h`] : []), ...(rest ? [`${rest}m`] : [])].join(' ');
}

export const listOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
];

type Attributes = PolicySettings['when']['attributes'];
/** 'plan: gold, platinum' a line. The line that is none of that instead, where there is one. Pure. */
export function parseAttributes(typed: string): Attributes | string {
  const attributes: Attributes = [];
  for (const line of typed.split('\n').filter((each) => each.trim() !== '')) {
    const [name = '', ...rest] = line.split(':');
    const values = listOf(rest.join(':'));
    if (name.trim() === '' || values.length === 0) return line.trim();
    attributes.push({ name: name.trim(), values });
  }
  return attributes;
}
export const typedAttributes = (attributes: Attributes): string =>
  attributes.map(({ name, values }) => `${name}: ${values.join(', ')}`).join('\n');

const quiet = { notify: [], priority: null, queueId: null, addTags: [] };
/** What a new policy begins with. */
export const newPolicy: PolicySettings = {
  name: '',
  active: true,
  when: { queueIds: [], priorities: [], tags: [], attributes: [] },
  targets: { firstResponse: 60, nextResponse: 60, resolution: null },
  calendarId: null,
  pauseWhilePending: 'resolution',
  warnBefore: { unit: 'percent', value: 25 },
  onWarning: { ...quiet, notify: ['assignee'] },
  onBreach: { ...quiet, notify: ['assignee', 'supervisors'] },
};

/** The ids with one of them a place earlier or later. Pure. */
export function moved(policies: readonly Pick<PolicyView, 'id'>[], id: string, by: -1 | 1): string[] {
  const ids = policies.map((each) => each.id);
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  return ids.toSpliced(at, 1).toSpliced(to, 0, id);
}
