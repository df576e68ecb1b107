/** What the button says before the panel is loaded. */
export const launcherTexts = {
  launcherLabel: 'Chat with us',
  loadFailed: 'The chat could not be loaded. Check your connection and try again.',
  unread_one: '{count} unread message',
  unread_other: '{count} unread messages',
};

/** Every text of the panel. An account replaces any text by its key, or by `de:key` for one language. */
export const panelTexts = {
  title: 'Chat with us',
  greeting: 'Hello. How can we help you?',
  offlineMessage: 'We are away right now. Leave your e-mail address and a message: we will answer by e-mail.',
  close: 'Close chat',
  online: 'We are here',
  away: 'We are away right now',
  replyMinutes: 'Answers in {from}–{to} min',
  replyMinute: 'Answers in a minute',
  replyHours: 'Answers within {to} h',
  conversation: 'Conversation',
  today: 'Today',
  yesterday: 'Yesterday',
  you: 'You',
  team: 'Team',
  older: 'Loading older messages',
  newMessages: 'New messages',
  typing: '{name} is writing',
  typingSomebody: 'Somebody is writing',
  placeholder: 'Write a message',
  message: 'Message',
  send: 'Send',
  attach: 'Attach files',
  drop: 'Drop files to attach them',
  remove: 'Remove {name}',
  uploading: '{name}: {percent} % uploaded',
  uploadRetry: 'Upload {name} again',
  uploadFailed: '{name} was not uploaded. Check your connection.',
  tooLarge: '{name} is larger than {size} MB.',
  wrongType: '{name}: this kind of file cannot be sent.',
  tooMany: 'At most {count} files at a time.',
  tooLong: '{count} characters too many',
  sending: 'Sending',
  waiting: 'Waiting for the connection',
  sent: 'Sent',
  read: 'Read',
  failed: 'Not sent: {reason}',
  retry: 'Send again',
  delete: 'Delete',
  edited: 'Edited',
  deleted: 'Deleted',
  picture: 'Picture',
  file: 'File',
  location: 'Location',
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  reconnectingWaiting: 'Reconnecting — your message will be sent',
  refused: 'The chat is not available on this page.',
  email: 'Your e-mail address',
  emailWrong: 'Enter an e-mail address such as name@example.com.',
  messageMissing: 'Write a message.',
  askFirst: 'Tell us where to reach you, should the connection break.',
  sendForm: 'Send message',
  awayKnown: 'We are away right now. We will answer by e-mail to {email}.',
  awayHere: 'We are away right now and answer here as soon as we are back.',
  sound: 'Sound for new messages',
  soundOn: 'Sound on',
  soundOff: 'Sound off',
};

export type TextKey = keyof typeof panelTexts;
export type Values = Readonly<Record<string, string | number>>;
export interface Texts<Key extends string = TextKey> {
  /** With a `count`, `key_one`, `key_other`… are the texts for one, for many and what else the language tells apart. */
  (key: Key, values?: Values): string;
  /** For dates and numbers: of the language that the texts are in. */
  readonly locale: string;
}

type Table = Readonly<Record<string, string>>;

/** The first of the visitor's languages that the account has texts in. */
const languageOf = (overrides: Table, languages: readonly string[]): string | undefined => {
  const offered = new Set(Object.keys(overrides).flatMap((key) => (key.includes(':') ? [key.split(':')[0]] : [])));
  return languages.find((language) => offered.has(language.split('-')[0]));
};

export const textsOf = <Key extends string>(
  table: Table,
  overrides: Table,
  languages: readonly string[],
): Texts<Key> => {
  const chosen = languageOf(overrides, languages);
  const locale = chosen ?? languages.find((language) => /^en\b/.test(language)) ?? 'en';
  const plurals = new Intl.PluralRules(locale);
  const find = (key: string): string | undefined =>
    (chosen && overrides[`${chosen.split('-')[0]}:${key}`]) || overrides[key] || table[key];
  const text = (key: Key, values: Values = {}): string => {
    const plural = typeof values['count'] === 'number' ? find(`${key}_${plurals.select(values['count'])}`) : undefined;
    const template = plural ?? find(key) ?? find(`${key}_other`) ?? key;
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
  return Object.assign(text, { locale });
};
