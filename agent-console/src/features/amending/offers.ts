import type { Capabilities, ChangeKind, MessageEntry, NoteEntry, Role } from '@switchboard/contract';
import { whyNoteNotChanged, whyNotChanged } from '@switchboard/contract';

/** Whether an agent is offered to change a message; with a reason it is shown, and can't be had just now. */
export type Offer = 'yes' | 'no' | { readonly reason: string };
interface Asking {
  readonly capabilities: Capabilities | null;
  readonly by: { readonly id: string; readonly role: Role };
  readonly now: Date;
}

const commands = { edit: 'message.edit', delete: 'message.delete', react: 'reaction.set' } as const;

/** What the channel has no word for, and what is never ours to change, is not offered at all. */
export function offerOf(kind: ChangeKind, message: MessageEntry, asking: Asking): Offer {
  const reason = whyNotChanged(kind, message, asking);
  if (reason === null) return 'yes';
  const has = asking.capabilities?.sends.includes(commands[kind]) ?? false;
  const isOurs = message.direction === 'out' && !message.fromElsewhere && !message.deletedAt;
  return has && isOurs && kind !== 'react' ? { reason } : 'no';
}

export const noteOfferOf = (kind: 'edit' | 'delete', note: NoteEntry, by: Asking['by']): boolean =>
  whyNoteNotChanged(kind, note, by) === null;

/** Those who may see what was edited or deleted. */
export const maySeeVersions = ({ author }: MessageEntry | NoteEntry, by: Asking['by']): boolean =>
  author.id === by.id || by.role !== 'agent';

/** Where the provider takes any. */
const USUAL = [
  ...['👍', '👎', '❤️', '😀', '😂', '😊', '😍', '🎉', '🙏', '👏', '👌', '💪'],
  ...['🤔', '😮', '😢', '😭', '😡', '🙈', '👀', '🔥', '✅', '❌', '💯', '🚀'],
];
export const emojiFor = (capabilities: Capabilities | null): readonly string[] =>
  capabilities?.changes?.reactions.emoji ?? USUAL;

/** Our side's on a message: to the customer it is one voice, the account's. */
export const isOurReaction = (message: MessageEntry, emoji: string): boolean =>
  (message.reactions ?? []).some((one) => one.emoji === emoji && one.by.id === message.channelAccountId);

type Shown = Pick<MessageEntry, 'parts' | 'reactions'> & { readonly isGoing: boolean };

/** The message as it will be, once the channel has taken what is on its way to it. */
export function expected(message: MessageEntry, single: boolean): Shown {
  let [parts, reactions, isGoing] = [message.parts, message.reactions ?? [], false];
  for (const one of message.amendments ?? []) {
    if (one.state !== 'pending') continue;
    if (one.kind === 'edit') parts = one.parts;
    else if (one.kind === 'delete') isGoing = true;
    else {
      const { emoji, added, at, by } = one;
      const ours = (id: string, other: string) => id === message.channelAccountId && (single || other === emoji);
      reactions = reactions.filter((each) => !ours(each.by.id, each.emoji));
      const mine = { emoji, at, by: { id: message.channelAccountId, name: by.name } };
      if (added) reactions = [...reactions, mine];
    }
  }
  return { parts, isGoing, ...(reactions.length > 0 && { reactions }) };
}
