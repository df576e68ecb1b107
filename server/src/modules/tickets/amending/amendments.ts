import type { Actor, Amendment, ContentPart } from '@switchboard/contract';
import type { StoredAmendment, StoredChange, StoredMessage } from '../entry.schema.ts';
import { withReaction } from '../receiving/reactions.ts';

type Changes = StoredChange['changes'];
export type Named = StoredAmendment & { readonly id: string };

const all = ({ amendments = {} }: Pick<StoredMessage, 'amendments'>): Named[] =>
  Object.entries(amendments)
    .flatMap(([id, one]) => (one === null ? [] : [{ ...one, id }]))
    .toSorted((a, b) => a.seq - b.seq);

/** The oldest that waits: they go out one after the other, so that the last words said are the last words there. */
export const nextAmendment = (message: Pick<StoredMessage, 'amendments'>): Named | null =>
  all(message).find(({ state }) => state === 'pending') ?? null;

/** What becomes of the record when one is asked, tried again, has failed, or is over (null). */
export function withAmendment(message: StoredMessage, id: string, amendment: StoredAmendment | null): Changes {
  const after = all({ amendments: { ...message.amendments, [id]: amendment } });
  const waiting = after.find(({ state }) => state === 'pending');
  return [
    { path: `amendments.${id}`, value: amendment, ...(amendment === null && { gone: true }) },
    { path: 'amendingSince', value: waiting?.at ?? null },
    { path: 'amendFailed', value: after.some(({ state }) => state !== 'pending') },
  ];
}

/** The whole message with other words; its files stay. */
export function editedParts(
  parts: readonly ContentPart[],
  { text, html }: { text: string; html?: string | undefined },
) {
  const words: ContentPart[] = [
    { type: 'text', text },
    ...(html === undefined ? [] : [{ type: 'html' as const, html }]),
  ];
  return [...words, ...parts.filter(({ type }) => type !== 'text' && type !== 'html')];
}

export const withVersion = (
  { versions = [], parts }: Pick<StoredMessage, 'versions' | 'parts'>,
  until: Date,
  by: Actor,
) => [...versions, { parts, until, by }];

/** What it makes of the message, once it is so at the provider. `single`: the provider keeps one reaction of ours. */
export function effectOf(message: StoredMessage, amendment: StoredAmendment, at: Date, single: boolean): Changes {
  const { by } = amendment;
  switch (amendment.kind) {
    case 'edit':
      return [
        { path: 'parts', value: amendment.parts },
        { path: 'editedAt', value: at },
        { path: 'editedBy', value: by },
        { path: 'versions', value: withVersion(message, at, by) },
      ];
    case 'delete':
      return [
        { path: 'deletedAt', value: at },
        { path: 'deletedBy', value: by },
      ];
    case 'react': {
      const { emoji, added } = amendment;
      // To the customer our side is one voice, whoever of us it was.
      const voice = { id: message.channelAccountId, name: by.name };
      const value = withReaction(message.reactions ?? [], { emoji, added, only: single, by: voice, at });
      return value === null ? [] : [{ path: 'reactions', value }];
    }
  }
}

export function amendmentsView(message: StoredMessage): Amendment[] | undefined {
  const shown = all(message).map(({ attempt: _, awaits: _awaits, seq: _seq, at, ...one }) => ({
    ...one,
    at: at.toISOString(),
  }));
  return shown.length > 0 ? shown : undefined;
}
