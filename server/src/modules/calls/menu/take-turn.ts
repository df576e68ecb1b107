import type { CallMenu, CallTurn, ExpectedWait } from '@switchboard/contract';
import { isOver } from '../call-states.ts';
import type { Call } from '../call.schema.ts';
import { noted } from '../following/noted.ts';
import { chosen, fallback, nodeOf, placeAt, type Place } from './places.ts';

/** What a step depends on besides the call. */
export interface Around {
  readonly menu: CallMenu;
  readonly open: boolean;
  /** null: it is not known, or the call waits in no queue. */
  readonly wait: ExpectedWait | null;
  readonly now: Date;
  readonly newId: () => string;
}

export const CALLBACK_KEY = '1';
export const MESSAGE_KEY = '2';
export const AGREE_KEY = '1';
export const REFUSE_KEY = '2';
/** Who says nothing that makes sense so often is put through rather than lost. */
const MOST_ASKED = 3;

export const mayBeCalled = (call: Call): boolean => call.customer.handles.some(({ type }) => type === 'phone');

/**
 * What a turn makes of a call. The same turn again finds the call where the first has brought it, or, as menus name the place
 * that they ask from, comes to the same.
 */
export function take(call: Call, at: CallTurn['at'], around: Around): Call {
  if (isOver(call.state) || call.endedAt !== null) return call;
  const { menu, open } = around;
  if (at.what === 'arrived')
    return call.phase === 'menu' && call.node === null ? enter(call, open ? menu.start : menu.closed, around) : call;
  if (at.what === 'answered' && call.phase === 'menu') return answered(call, at, around);
  if (at.what === 'forwarded' && call.phase === 'forwarded' && !at.reached) {
    const node = nodeOf(menu, placeAt(at)?.node ?? '');
    return enter({ ...call, phase: 'menu', node: null }, node.does === 'number' ? node.otherwise : node.id, around);
  }
  if (at.what === 'waiting' && call.phase === 'queue') {
    if (at.key === CALLBACK_KEY && menu.callback && mayBeCalled(call))
      return {
        ...moved(call, 'callback', around.now),
        ...{ callbackId: call.callbackId ?? around.newId(), triesMost: menu.callbackTries.most },
      };
    if (at.key === MESSAGE_KEY && menu.voicemail) return { ...moved(call, 'voicemail', around.now), node: null };
  }
  return call;
}

function answered(call: Call, at: Extract<CallTurn['at'], { what: 'answered' }>, around: Around): Call {
  const asked = placeAt(at);
  if (asked === null) return call;
  if (asked.kind === 'consent') return consented(call, asked, at.key, around);
  const node = nodeOf(around.menu, asked.node);
  // The menu was changed under the caller: it begins anew.
  if (node.does !== 'menu') return enter(call, around.open ? around.menu.start : around.menu.closed, around);
  const choice = chosen(node, at);
  if (choice !== null) return enter({ ...call, language: choice.language ?? call.language }, choice.to, around);
  return asked.tries + 1 >= MOST_ASKED ? enter(call, fallback(around.menu), around) : call;
}

/** Who does not say yes is not recorded. */
function consented(call: Call, asked: Place, key: string | undefined, around: Around): Call {
  const says = key === AGREE_KEY ? true : key === REFUSE_KEY || asked.tries + 1 >= MOST_ASKED ? false : null;
  if (says === null) return call;
  const what = says ? 'consented' : 'refused';
  const told = { ...call, ...noted(call, { at: around.now, what, who: null }) };
  return settleIn({ ...told, records: says, recording: says ? 'on' : null }, asked.node, around);
}

/** Into a step of the menu; who is to be asked whether they may be recorded is asked before. */
function enter(call: Call, id: string, around: Around): Call {
  const { does } = nodeOf(around.menu, id);
  const talks = does === 'queue' || does === 'number';
  const wasAsked = call.moments.some(({ what }) => what === 'consented' || what === 'refused');
  if (talks && around.menu.recording === 'asked' && !wasAsked) return call.node === id ? call : { ...call, node: id };
  return settleIn(call, id, around);
}

/** A queue, a message and a number are places that last. */
function settleIn(call: Call, id: string, { menu, now }: Around): Call {
  const node = nodeOf(menu, id);
  if (node.does === 'queue')
    return {
      ...call,
      ...{ phase: 'queue', node: id, queueId: node.queueId, queuedAt: call.queuedAt ?? now },
      ...noted(call, { at: now, what: 'queued', who: null }),
    };
  if (node.does === 'voicemail') return { ...moved(call, 'voicemail', now), node: id };
  if (node.does !== 'number') return call;
  return { ...call, phase: 'forwarded', node: id, ...noted(call, { at: now, what: 'forwarded', who: node.number }) };
}

const moved = (call: Call, phase: 'callback' | 'voicemail', at: Date): Call => ({
  ...call,
  phase,
  ...noted(call, { at, what: phase, who: null }),
});
