import { emojiToName, nameToEmoji } from 'gemoji';

/** What Slack calls otherwise than GitHub does. */
const slackNames: Record<string, string> = {
  simple_smile: '🙂',
  thinking_face: '🤔',
  face_with_monocle: '🧐',
  hugging_face: '🤗',
  shushing_face: '🤫',
  star_struck: '🤩',
  face_with_rolling_eyes: '🙄',
  white_frowning_face: '☹️',
  money_mouth_face: '🤑',
  large_green_circle: '🟢',
  'flag-de': '🇩🇪',
};
const skinTones: Record<string, string> = {
  'skin-tone-2': '🏻',
  'skin-tone-3': '🏼',
  'skin-tone-4': '🏽',
  'skin-tone-5': '🏾',
  'skin-tone-6': '🏿',
};
const own = (table: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** `thumbsup`, `+1::skin-tone-2` → the character; undefined for a workspace's own emoji. */
export const emojiOf = (name: string): string | undefined => {
  const [base = '', tone = ''] = name.split('::');
  const emoji = own(slackNames, base) ?? own(nameToEmoji, base);
  return emoji === undefined ? undefined : emoji + (own(skinTones, tone) ?? '');
};

const toneOf = /[\u{1f3fb}-\u{1f3ff}]/u;
/** The name that Slack knows a character by. */
export const nameOf = (emoji: string): string | undefined => {
  const plain = emoji.replace(toneOf, '');
  const name = /^:?([\w+-]+):?$/.exec(plain)?.[1];
  return (
    name ??
    own(emojiToName, plain) ??
    own(emojiToName, plain.replace(/\ufe0f/g, '')) ??
    own(emojiToName, `${plain}\ufe0f`)
  );
};
