import type { CallMenu, CallStep, CallTurn, MenuLanguage, MenuNode, Spoken } from '@switchboard/contract';
import type { Call } from '../call.schema.ts';
import { chosen, inLanguage, nodeOf, placeAt, writePlace } from './places.ts';
import { AGREE_KEY, CALLBACK_KEY, mayBeCalled, MESSAGE_KEY, REFUSE_KEY, type Around } from './take-turn.ts';
import { waitWords, words } from './words.ts';

const MUSIC_SECONDS = 30;
const ASK_SECONDS = 6;
const VOICEMAIL_SECONDS = 180;
const FORWARD_SECONDS = 25;
/** The provider answers a steering within 10 s, or it has failed; its clock tells whole seconds. */
const BRINGING_MS = 12_000;

type At = CallTurn['at'] | null;
/** The hub's own words, or those of the menu. */
type Say = (...words: (string | Spoken | null)[]) => Spoken[];
const sayer =
  (language: MenuLanguage): Say =>
  (...words) =>
    words.flatMap((each) => (typeof each !== 'string' ? (each ?? []) : each === '' ? [] : { text: each, language }));

/** What the customer's leg hears and does where the call is now. */
export function stepOf(call: Call, at: At, around: Around): CallStep {
  const language = call.language as MenuLanguage;
  const say = sayer(language);
  const { menu } = around;
  switch (call.phase) {
    case 'menu':
      return call.node === null ? menuStep(call, at, around, say) : consentStep(call, at, menu, say);
    case 'queue':
      return queueStep(call, at, around, say);
    case 'callback':
      return { does: 'hang-up', say: say(words[language].callbackTaken) };
    case 'voicemail':
      if (at?.what === 'recorded') return { does: 'hang-up', say: say(words[language].thanks) };
      return {
        does: 'record',
        say: say(...greeting(call, around)),
        maxSeconds: VOICEMAIL_SECONDS,
        transcribe: menu.transcribe,
      };
    case 'forwarded':
      // An agent has given them to a number, and that is over.
      if (call.answeredAt !== null) return { does: 'hang-up', say: say(words[language].goodbye) };
      return forwardStep(call, at, menu, say);
    case 'connecting':
    case 'talking':
      return roomStep(call, at, around, say);
    case 'wrap-up':
    case 'over':
      return { does: 'hang-up', say: say(words[language].goodbye) };
  }
}

function queueStep(call: Call, at: At, { menu, wait }: Around, say: Say): CallStep {
  const language = call.language as MenuLanguage;
  const own = words[language];
  const offers = [
    ...(menu.callback && mayBeCalled(call) ? [{ key: CALLBACK_KEY, text: own.callback(CALLBACK_KEY) }] : []),
    ...(menu.voicemail ? [{ key: MESSAGE_KEY, text: own.message(MESSAGE_KEY) }] : []),
  ];
  const node = call.node === null ? null : nodeOf(menu, call.node);
  const first = (node && inLanguage(node.say, menu, language)) ?? own.welcome;
  const told = menu.tellsPlace && wait !== null ? waitWords(language, wait) : '';
  const opens = at?.what === 'waiting' ? inLanguage(menu.waiting, menu, language) : first;
  return {
    does: 'wait',
    say: say(opens, told, ...offers.map(({ text }) => text)),
    musicUrl: menu.musicUrl,
    musicSeconds: MUSIC_SECONDS,
    ...(isWritten(call) && { endsTranscript: true }),
    keys: offers.map(({ key }) => key),
  };
}

/** Who chose to leave a message hears other words than who was led to it. */
function greeting(call: Call, { menu, open }: Around): (string | Spoken)[] {
  const language = call.language as MenuLanguage;
  const own = words[language];
  const node = call.node === null ? null : nodeOf(menu, call.node);
  const said = inLanguage(node === null ? menu.voicemailWords : node.say, menu, language);
  return said === null ? [open ? '' : own.closed, own.voicemail] : [said];
}

function roomStep(call: Call, at: At, { menu, now }: Around, say: Say): CallStep {
  const there = call.legs.find(({ role, state }) => (role === 'agent' || role === 'number') && state === 'joined');
  // Who has just joined has the caller brought (connect-call.ts). One who asks meanwhile and came in by themselves, too, would be
  // taken out of the room again, which ends it for both; one who asks later was not brought, and comes in by asking.
  const isBrought = at?.what === 'waiting' && there !== undefined && +now - +(there.joinedAt ?? now) < BRINGING_MS;
  if ((there === undefined || isBrought) && call.direction === 'inbound')
    return {
      ...{ does: 'wait', say: [], musicUrl: menu.musicUrl, musicSeconds: MUSIC_SECONDS, keys: [] },
      ...(isWritten(call) && { endsTranscript: true }),
    };
  return {
    does: 'join',
    room: call._id,
    role: 'customer',
    endsRoom: true,
    record: call.records,
    ...(call.transcribes && call.recording === 'on' && { transcribe: call.language }),
    say: say(call.answeredAt === null ? announcement(call, menu) : ''),
  };
}

/** It has been in a room where what is said is written down. */
const isWritten = ({ transcribes, recording, legs }: Call): boolean =>
  transcribes && recording === 'on' && legs.some(({ role, joinedAt }) => role === 'customer' && joinedAt !== null);

/** Who was asked knows. */
const announcement = (call: Call, menu: CallMenu): string | Spoken => {
  if (!call.records || menu.recording === 'asked') return '';
  const language = call.language as MenuLanguage;
  return inLanguage(menu.consent, menu, language) ?? words[language][call.transcribes ? 'transcribed' : 'recorded'];
};

function forwardStep(call: Call, at: At, menu: CallMenu, say: Say): CallStep {
  const language = call.language as MenuLanguage;
  const node = nodeOf(menu, call.node ?? '');
  const isDone = at?.what === 'forwarded' && at.reached;
  // The menu was changed under the call, or they have talked: nothing is left to say.
  if (isDone || node.does !== 'number') return { does: 'hang-up', say: say(words[language].goodbye) };
  return {
    does: 'forward',
    step: writePlace({ kind: 'number', node: node.id, tries: 0 }),
    say: say(
      inLanguage(node.say, menu, language) ?? words[language].connecting,
      announcement({ ...call, transcribes: false }, menu),
    ),
    number: node.number,
    timeoutSeconds: FORWARD_SECONDS,
    record: call.records,
  };
}

function consentStep({ node, language, transcribes }: Call, at: At, menu: CallMenu, say: Say): CallStep {
  const asked = placeAt(at);
  const isAgain = asked?.kind === 'consent';
  const own = words[language as MenuLanguage];
  const question =
    inLanguage(menu.consent, menu, language as MenuLanguage) ?? own[transcribes ? 'mayTranscribe' : 'mayRecord'];
  return {
    does: 'ask',
    step: writePlace({ kind: 'consent', node: node ?? '', tries: isAgain ? asked.tries + 1 : 0 }),
    say: say(isAgain ? own.again : '', question, own.agree(AGREE_KEY, REFUSE_KEY)),
    keys: [AGREE_KEY, REFUSE_KEY],
    speech: null,
    timeoutSeconds: ASK_SECONDS,
  };
}

function menuStep(call: Call, at: At, { menu, open }: Around, say: Say): CallStep {
  const language = call.language as MenuLanguage;
  const own = words[language];
  const { node, tries } = placeNow(at, menu, open);
  const spoken = inLanguage(node.say, menu, language);
  if (node.does !== 'menu') return { does: 'hang-up', say: say(spoken ?? own.goodbye) };
  const hints = node.choices.flatMap((each) => each.words);
  return {
    does: 'ask',
    step: writePlace({ kind: 'menu', node: node.id, tries }),
    say: say(tries > 0 ? own.again : '', spoken ?? own.please),
    keys: node.choices.map(({ key }) => key),
    speech: menu.speech && hints.length > 0 ? { hints, language } : null,
    timeoutSeconds: ASK_SECONDS,
  };
}

/** Which step of the menu the turn leads to, and how often it was asked in vain. */
function placeNow(at: At, menu: CallMenu, open: boolean): { node: MenuNode; tries: number } {
  const asked = placeAt(at);
  const first = { node: nodeOf(menu, open ? menu.start : menu.closed), tries: 0 };
  if (asked === null) return first;
  const node = nodeOf(menu, asked.node);
  if (node.does === 'number') return { node: nodeOf(menu, node.otherwise), tries: 0 };
  if (node.does !== 'menu') return first;
  const choice = at?.what === 'answered' ? chosen(node, at) : null;
  return choice === null ? { node, tries: asked.tries + 1 } : { node: nodeOf(menu, choice.to), tries: 0 };
}
