import type { CallMenu, CallStep, CallTurn, HeardStep } from '@switchboard/contract';
import { blankCall, type Call } from '../call.schema.ts';
import { recordingBy } from './default-menu.ts';
import { stepOf } from './decide-step.ts';
import { nodeOf, readPlace } from './places.ts';
import { take, type Around } from './take-turn.ts';

interface Heard {
  readonly menu: CallMenu;
  readonly open: boolean;
  readonly inputs: readonly string[];
  readonly now: Date;
  readonly queueNames: ReadonlyMap<string, string>;
}

/** Somebody with a number of their own, whom a few others wait before: so all that can be said is. */
const CALLER = { externalId: '+15550100', handles: [{ type: 'phone' as const, value: '+15550100' }] };
const WAIT = { position: 3, range: { fromSeconds: 60, toSeconds: 180 }, text: '' };

/** A menu as its caller hears it: the very steps that a call takes, without the call. */
export function hearMenu({ menu, open, inputs, now, queueNames }: Heard): HeardStep[] {
  const around: Around = { menu, open, wait: WAIT, now, newId: () => 'callback' };
  let call = blankCall('heard', now, {
    ...{ channelAccountId: '', direction: 'inbound', customer: CALLER, customerName: '', line: '', phase: 'menu' },
    ...{ language: menu.languages[0] ?? 'en', startedAt: now, ...recordingBy(menu) },
  });
  let at: CallTurn['at'] = { what: 'arrived' };
  const heard: HeardStep[] = [];
  for (const input of [...inputs, null]) {
    call = take(call, at, around);
    const step = stepOf(call, at, around);
    heard.push(told(step, call, menu, queueNames));
    const next = input === null ? null : answerTo(step, input);
    if (next === null) break;
    at = next;
  }
  return heard;
}

/** What the caller's key or words are there; nobody answers a line that is hung up. */
function answerTo(step: CallStep, input: string): CallTurn['at'] | null {
  const key = /^[0-9*#]$/.test(input) ? { key: input } : {};
  if (step.does === 'ask')
    return { what: 'answered', step: step.step, ...(input.length > 1 ? { speech: input } : key) };
  if (step.does === 'wait') return { what: 'waiting', secondsInQueue: 30, ...key };
  if (step.does === 'record') return { what: 'recorded' };
  // Any key: somebody answered there.
  return step.does === 'forward' ? { what: 'forwarded', step: step.step, reached: input !== '' } : null;
}

function told(step: CallStep, call: Call, menu: CallMenu, queueNames: Heard['queueNames']): HeardStep {
  // A caller who is only heard joins nobody.
  if (step.does === 'join') throw new Error('A menu leads into no room');
  const place = step.does === 'ask' || step.does === 'forward' ? readPlace(step.step) : null;
  const node = place?.node ?? (call.phase === 'menu' ? null : call.node);
  const shown = node === null ? null : nodeOf(menu, node);
  const queue = shown?.does === 'queue' && shown.queueId !== null ? queueNames.get(shown.queueId) : undefined;
  return {
    does: step.does,
    node,
    say: step.say,
    keys: 'keys' in step ? step.keys : [],
    speech: step.does === 'ask' && step.speech !== null,
    where: step.does === 'forward' ? step.number : (queue ?? null),
  };
}
