import { z } from 'zod';
import type { Capabilities } from './capabilities.ts';
import { ContentPart, Id, Instant } from './common.ts';
import { Actor, type Role } from './people.ts';

/** What an agent wants changed of a message that is there already: asked by API, carried out by the channel. */
export const WantedChange = z.discriminatedUnion('kind', [
  /** Its words; pictures and files stay. `html` where the channel carries it. */
  z.object({
    kind: z.literal('edit'),
    text: z.string().trim().min(1).max(50_000),
    html: z.string().max(200_000).optional(),
  }),
  z.object({ kind: z.literal('delete') }),
  z.object({ kind: z.literal('react'), emoji: z.string().min(1).max(100), added: z.boolean() }),
]);
export type WantedChange = z.infer<typeof WantedChange>;
export type ChangeKind = WantedChange['kind'];

const amendment = {
  id: Id,
  by: Actor,
  at: Instant,
  /** pending → gone, as the message itself says it then; or failed; or unknown: the agent is asked. */
  state: z.enum(['pending', 'failed', 'unknown']),
  reason: z.string().optional(),
};
export const Amendment = z.discriminatedUnion('kind', [
  /** The whole message as it will be. */
  z.object({ ...amendment, kind: z.literal('edit'), parts: z.array(ContentPart) }),
  z.object({ ...amendment, kind: z.literal('delete') }),
  z.object({ ...amendment, kind: z.literal('react'), emoji: z.string(), added: z.boolean() }),
]);
export type Amendment = z.infer<typeof Amendment>;

/** What a message said before, the oldest first. */
export const EarlierVersion = z.object({
  text: z.string(),
  /** When these words were replaced or taken away, and by whom. */
  until: Instant,
  by: Actor,
});
export type EarlierVersion = z.infer<typeof EarlierVersion>;

/** Of a message, as stored or as shown. */
export interface Amendable {
  readonly direction: 'in' | 'out';
  readonly state: string;
  readonly at: string | Date;
  readonly author: Pick<Actor, 'id'>;
  readonly parts: readonly ContentPart[];
  readonly fromElsewhere?: boolean | undefined;
  readonly deletedAt?: string | Date | undefined;
}
interface Asking {
  /** null: the account is disabled. */
  readonly capabilities: Capabilities | null;
  readonly by: { readonly id: string; readonly role: Role };
  readonly now: Date;
}

const commands = { edit: 'message.edit', delete: 'message.delete', react: 'reaction.set' } as const;
/** A refusal that is no matter of the moment: nothing is offered at all. */
const NEVER = {
  edit: 'This channel does not let messages be edited.',
  delete: 'This channel does not let messages be deleted.',
  react: 'This channel has no reactions.',
};

/** Why an agent can't do it with this message; null: they can. One rule for the server, and for what the console offers. */
export function whyNotChanged(kind: ChangeKind, message: Amendable, asking: Asking): string | null {
  const { capabilities } = asking;
  if (message.deletedAt) return 'The message is deleted.';
  if (capabilities === null) return 'The channel account is disabled.';
  if (capabilities.changes === null || !capabilities.sends.includes(commands[kind])) return NEVER[kind];
  return kind === 'react' ? whyNoReaction(message) : whyNotOurs(kind, message, asking);
}

function whyNoReaction({ direction, state, parts }: Amendable): string | null {
  if (parts.some(({ type }) => type === 'choice')) return 'A pressed button takes no reaction.';
  if (direction === 'out' && (state === 'failed' || state === 'unknown')) return 'The message did not go out.';
  return null;
}

function whyNotOurs(kind: 'edit' | 'delete', message: Amendable, { capabilities, by, now }: Asking): string | null {
  if (message.direction === 'in') return 'Only messages of our side can be changed.';
  if (message.fromElsewhere) return 'It was sent outside of Switchboard, and is changed there.';
  // A question how it was: its link is shown to nobody here, so it could only be broken.
  if (message.author.id === null) return 'Only what a person wrote here can be changed.';
  if (by.role === 'agent' && message.author.id !== by.id) return 'Only who wrote it, and supervisors, can change it.';
  if (message.state === 'unknown') return 'It is not known whether it went out: decide that first.';
  if (kind === 'edit' && !hasOnlyWords(message.parts)) return 'It has no words that could be edited.';
  const hours = capabilities?.changes?.[kind === 'edit' ? 'editHours' : 'deleteHours'] ?? null;
  const age = now.getTime() - new Date(message.at).getTime();
  if (hours === null || age < hours * 3_600_000) return null;
  return `This channel lets a message be ${kind === 'edit' ? 'edited' : 'deleted'} for ${hours} hours.`;
}

const hasOnlyWords = (parts: readonly ContentPart[]): boolean =>
  parts.some(({ type }) => type === 'text') && parts.every(({ type }) => ['text', 'html', 'media'].includes(type));

/** Notes are nobody's but their writer's; a supervisor may take one away. */
export function whyNoteNotChanged(
  kind: 'edit' | 'delete',
  note: { readonly author: Pick<Actor, 'id'>; readonly deletedAt?: string | Date | undefined },
  by: Asking['by'],
): string | null {
  if (note.deletedAt) return 'The note is deleted.';
  if (note.author.id === by.id || (kind === 'delete' && by.role !== 'agent')) return null;
  return kind === 'edit'
    ? 'Only who wrote a note can edit it.'
    : 'Only who wrote a note, and supervisors, can delete it.';
}
