import type { CallMenu, CallStep, CallTurn, ExpectedWait, MenuLanguage, MenuNode, Spoken } from '@switchboard/contract';
import { noted } from '../following/apply-change.ts';
import { isOver } from '../call-states.ts';
import type { Call } from '../call.schema.ts';
import { waitWords, words } from './words.ts';

/** What a step depends on besides the call. */
export interface Around {
  readonly menu: CallMenu;
  readonly open: boolean;
  /** null: it is not known, or the call waits in no queue. */
  readonly wait: ExpectedWait | null;
  readonly now: Date;
  readonly newId: () => string;
}

const CALLBACK_KEY = '1';
const MESSAGE_KEY = '2';
const MUSIC_SECONDS = 30;
const ASK_SECONDS = 6;
/** Who says nothing that makes sense so often is put through rather than lost. */
const MOST_ASKED = 3;
const VOICEMAIL_SECONDS = 180;

/**
 * What a turn makes of a call. The same turn again finds the call where the first has brought it, or, as menus name the place
 * that they ask from, comes to the same.
 */
export function take(call: Call, at: CallTurn['at'], around: Around): Call {
  if (isOver(call.state) || call.endedAt !== null) return call;
  const { menu, open } = around;
  if (at.what === 'arrived') return call.phase === 'menu' ? enter(call, open ? menu.start : menu.closed, around) : call;
  if (at.what === 'answered' && call.phase === 'menu') {
    const asked = readPlace(at.step);
    const choice = asked && chosen(nodeOf(menu, asked.node), at);
    if (choice == null)
      return asked !== null && asked.tries + 1 >= MOST_ASKED ? enter(call, fallback(menu), around) : call;
    return enter({ ...call, language: choice.language ?? call.language }, choice.to, around);
  }
  if (at.what === 'waiting' && call.phase === 'queue') {
    if (at.key === CALLBACK_KEY && menu.callback && call.customer.handles.some(({ type }) => type === 'phone'))
      return { ...moved(call, 'callback', around.now), callbackId: call.callbackId ?? around.newId() };
    if (at.key === MESSAGE_KEY && menu.voicemail) return moved(call, 'voicemail', around.now);
  }
  return call;
}

/** Into a step of the menu: a queue and a message are places that last. */
function enter(call: Call, id: string, { menu, now }: Around): Call {
  const node = nodeOf(menu, id);
  if (node.does === 'queue')
    return {
      ...call,
      ...{ phase: 'queue', queueId: node.queueId, queuedAt: call.queuedAt ?? now },
      ...noted(call, { at: now, what: 'queued', who: null }),
    };
  return node.does === 'voicemail' ? moved(call, 'voicemail', now) : call;
}

const moved = (call: Call, phase: 'callback' | 'voicemail', at: Date): Call => ({
  ...call,
  phase,
  ...noted(call, { at, what: phase, who: null }),
});

/** What the customer's leg hears and does where the call is now. */
export function stepOf(call: Call, at: CallTurn['at'] | null, around: Around): CallStep {
  const language = call.language as MenuLanguage;
  const say = (...texts: string[]): Spoken[] => texts.filter(Boolean).map((text) => ({ text, language }));
  const own = words[language];
  const { menu } = around;
  switch (call.phase) {
    case 'menu':
      return menuStep(call, at, around);
    case 'queue': {
      const offers = [
        menu.callback && call.customer.handles.some(({ type }) => type === 'phone') ? CALLBACK_KEY : '',
        menu.voicemail ? MESSAGE_KEY : '',
      ];
      const told = around.wait === null ? '' : waitWords(language, around.wait);
      const greeting = at?.what === 'waiting' ? '' : greetingOf(call, around);
      return {
        does: 'wait',
        say: say(
          greeting,
          told,
          offers[0] === '' ? '' : own.callback(CALLBACK_KEY),
          offers[1] === '' ? '' : own.message(MESSAGE_KEY),
        ),
        musicUrl: menu.musicUrl,
        musicSeconds: MUSIC_SECONDS,
        keys: offers.filter((key) => key !== ''),
      };
    }
    case 'callback':
      return { does: 'hang-up', say: say(own.callbackTaken) };
    case 'voicemail':
      if (at?.what === 'recorded') return { does: 'hang-up', say: say(own.thanks) };
      return {
        does: 'record',
        say: say(around.open ? '' : own.closed, closedWords(call, around) || own.voicemail),
        maxSeconds: VOICEMAIL_SECONDS,
        transcribe: true,
      };
    case 'connecting':
    case 'talking': {
      const isThere = call.legs.some(
        ({ role, state }) => (role === 'agent' || role === 'number') && state === 'joined',
      );
      if (!isThere && call.direction === 'inbound')
        return { does: 'wait', say: [], musicUrl: menu.musicUrl, musicSeconds: MUSIC_SECONDS, keys: [] };
      const consent = call.records && call.answeredAt === null ? (menu.consent[language] ?? own.recorded) : '';
      return {
        does: 'join',
        room: call._id,
        role: 'customer',
        endsRoom: true,
        record: call.records,
        say: say(consent),
      };
    }
    case 'wrap-up':
    case 'over':
      return { does: 'hang-up', say: say(own.goodbye) };
  }
}

function menuStep(call: Call, at: CallTurn['at'] | null, around: Around): CallStep {
  const { menu } = around;
  const language = call.language as MenuLanguage;
  const asked = at?.what === 'answered' ? readPlace(at.step) : null;
  const choice = asked && at?.what === 'answered' ? chosen(nodeOf(menu, asked.node), at) : null;
  const node = nodeOf(menu, choice?.to ?? asked?.node ?? (around.open ? menu.start : menu.closed));
  const spoken = saidOf(node, menu, language);
  if (node.does !== 'menu') return { does: 'hang-up', say: [{ text: spoken || words[language].goodbye, language }] };
  const isAgain = asked !== null && choice === null;
  const texts = [isAgain ? words[language].again : '', spoken || words[language].please].filter(Boolean);
  const hints = node.choices.flatMap((each) => each.words);
  return {
    does: 'ask',
    step: writePlace({ node: node.id, tries: isAgain ? asked.tries + 1 : 0 }),
    say: texts.map((text) => ({ text, language })),
    keys: node.choices.map(({ key }) => key),
    speech: menu.speech && hints.length > 0 ? { hints, language } : null,
    timeoutSeconds: ASK_SECONDS,
  };
}

function chosen(node: MenuNode, { key, speech }: { key?: string; speech?: string }) {
  if (node.does !== 'menu') return null;
  const said = speech?.toLowerCase();
  return (
    node.choices.find((choice) => choice.key === key) ??
    node.choices.find(
      (choice) => said !== undefined && choice.words.some((word) => said.includes(word.toLowerCase())),
    ) ??
    null
  );
}

/** Where a caller goes who chooses nothing: the first queue, else the first place that is no menu. */
const fallback = ({ nodes, start }: CallMenu): string =>
  (nodes.find(({ does }) => does === 'queue') ?? nodes.find(({ does }) => does === 'voicemail'))?.id ?? start;

const greetingOf = (call: Call, { menu }: Around): string => {
  const node = menu.nodes.find((each) => each.does === 'queue' && each.queueId === call.queueId);
  return (node && saidOf(node, menu, call.language as MenuLanguage)) || words[call.language as MenuLanguage].welcome;
};
const closedWords = (call: Call, { menu, open }: Around): string => {
  const node = open ? menu.nodes.find(({ does }) => does === 'voicemail') : nodeOf(menu, menu.closed);
  return (node && saidOf(node, menu, call.language as MenuLanguage)) ?? '';
};
const saidOf = ({ say }: MenuNode, { languages }: CallMenu, language: MenuLanguage): string =>
  say[language] ?? say[languages[0] as MenuLanguage] ?? '';

const nodeOf = (menu: CallMenu, id: string): MenuNode =>
  menu.nodes.find((node) => node.id === id) ?? { id, does: 'queue', say: {}, queueId: null };

/** A place in the menu as the turn brings it back. */
const writePlace = ({ node, tries }: { node: string; tries: number }): string => `${tries}:${node}`;
function readPlace(step: string): { node: string; tries: number } | null {
  const found = /^(\d+):(.+)$/.exec(step);
  return found === null ? null : { tries: Number(found[1]), node: found[2] as string };
}
