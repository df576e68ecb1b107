import { Priority, type TicketRow } from '@switchboard/contract';
import { session } from '../../app/session.svelte.ts';
import { clockTime, dayKey, dayName, t } from '../../text/index.ts';
import type { MenuItem } from '../../ui/menu-items.ts';
import { directory } from '../directory.svelte.ts';
import { standingWords } from '../agent-states/words.ts';
import * as actions from './actions.ts';
import { menus } from './menus.svelte.ts';
import { snoozePresets } from './snooze.ts';

type Done = (work: Promise<void>) => void;
const nothing: Done = () => undefined;

/** Me first, then colleagues who are there, then the others. */
export function assignItems(rows: readonly actions.Assignable[], done: Done = nothing): MenuItem[] {
  const ids = new Set(rows.map((row) => row.assignee?.id ?? null));
  const only = ids.size === 1 ? [...ids][0] : undefined;
  const others = directory.byPresence.filter((agent) => agent.id !== session.me.id);
  return [
    { label: t('ticket.assign.me'), checked: only === session.me.id, run: () => done(actions.assignToMe(rows)) },
    { label: t('ticket.assign.none'), checked: only === null, run: () => done(actions.assign(rows, null)) },
    ...(others.length > 0 ? ['line' as const] : []),
    ...others.map((agent) => ({
      label: agent.name,
      hint: standingWords(agent),
      checked: only === agent.id,
      run: () => done(actions.assign(rows, agent)),
    })),
  ];
}

export function statusItems(row: TicketRow, snooze: () => void): MenuItem[] {
  return row.nextStatuses.map((status) => ({
    label: t(`ticket.${status}`),
    checked: false,
    ...(status === 'resolved' ? { shortcut: 'e' } : status === 'snoozed' ? { shortcut: 's' } : {}),
    run: () => (status === 'snoozed' ? snooze() : void actions.setStatus([row], status)),
  }));
}

export const priorityItems = (row: TicketRow): MenuItem[] =>
  [...Priority.options].reverse().map((priority) => ({
    label: t(`ticket.priority.${priority}`),
    checked: row.priority === priority,
    run: () => void actions.setPriority([row], priority),
  }));

export const queueItems = (rows: readonly actions.Assignable[], done: Done = nothing): MenuItem[] =>
  directory.queues.map((queue) => ({
    label: queue.name,
    checked: rows.every((row) => row.queue.id === queue.id),
    run: () => done(actions.moveToQueue(rows, queue)),
  }));

/** Below those that give it away at once. */
export const transferItems = (): MenuItem[] => [
  'line',
  { label: t('transfer.menu'), shortcut: 'm', run: () => (menus.transfer = true) },
];

export function snoozeItems(rows: readonly TicketRow[], choose: () => void, done: Done = nothing): MenuItem[] {
  const now = new Date();
  return [
    ...(rows.every(({ status }) => status === 'snoozed')
      ? [{ label: t('ticket.wake'), run: () => done(actions.setStatus(rows, 'open')) }, 'line' as const]
      : []),
    ...snoozePresets(now).map(({ name, at }) => ({
      label: t(`snooze.${name}`),
      hint: dayKey(at) === dayKey(now) ? clockTime(at) : `${dayName(at)}, ${clockTime(at)}`,
      run: () => done(actions.snooze(rows, at)),
    })),
    'line',
    { label: t('ticket.snooze.own'), run: choose },
  ];
}
