import type { Amendment, ContentPart, MessageEntry, NoteEntry, WantedChange } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { attempt } from '../../app/actions.ts';
import { session } from '../../app/session.svelte.ts';
import { moments } from '../../ui/now.svelte.ts';
import { directory } from '../directory.svelte.ts';
import { emojiFor, expected, isOurReaction, type Offer, offerOf } from './offers.ts';

/** Of those that were answered, none is shown any more. */
const MOST_ASKED = 20;
type Words = { readonly text: string; readonly html?: string | undefined };

/** Changing what was said: which message is being edited, is about to be deleted, gets a reaction. */
class Amending {
  /** The reply or note whose words are in an editor, and what is in it: kept while other tickets are open. */
  #written = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Asked before it is done: it can't be undone. */
  deleting = $state.raw<MessageEntry | NoteEntry | null>(null);
  /** The message whose emoji are open. */
  reacting = $state<string | null>(null);
  /** Shown before the server has answered; the entry that comes live takes its place. */
  #asked = $state.raw<readonly { entry: MessageEntry; amendment: Amendment }[]>([]);

  readonly #backs = new Map<string, () => void>();

  written(entryId: string): string | undefined {
    return this.#written.get(entryId);
  }
  /** Null: no longer edited. */
  write(entryId: string, words: string | null): void {
    const written = new Map(this.#written);
    if (words === null) written.delete(entryId);
    else written.set(entryId, words);
    this.#written = written;
  }
  /** `back`: where the focus goes afterwards; absent: to the message. */
  edit(entry: MessageEntry | NoteEntry, back?: () => void): void {
    if (back) this.#backs.set(entry.id, back);
    if (this.written(entry.id) === undefined) this.write(entry.id, wordsToEdit(entry));
  }

  done(entryId: string): (() => void) | undefined {
    const back = this.#backs.get(entryId);
    this.#backs.delete(entryId);
    this.write(entryId, null);
    return back;
  }

  offer(kind: WantedChange['kind'], entry: MessageEntry): Offer {
    const capabilities = directory.capabilitiesOf(entry.channelAccountId);
    return offerOf(kind, entry, { capabilities, by: session.me, now: new Date(moments.ms) });
  }
  emoji(entry: MessageEntry): readonly string[] {
    return emojiFor(directory.capabilitiesOf(entry.channelAccountId));
  }
  shown(entry: MessageEntry) {
    const asked = this.#asked.filter((one) => one.entry === entry).map(({ amendment }) => amendment);
    const amendments = [...(entry.amendments ?? []), ...asked];
    const single = directory.capabilitiesOf(entry.channelAccountId)?.changes?.reactions.single ?? false;
    return { ...expected({ ...entry, amendments }, single), amendments };
  }

  /** Throws where it is refused. */
  async saveMessage(entry: MessageEntry, { text, html }: Words): Promise<void> {
    await this.#ask(entry, { kind: 'edit', text, ...(html !== undefined && { html }) });
  }
  /** `clientId`: the same through its retries. */
  async saveNote({ id: entryId, ticketId: id }: NoteEntry, body: { text: string; clientId: string }): Promise<void> {
    await call('notes.edit', { params: { id, entryId }, body });
  }
  /** Throws where it is refused. */
  async delete(entry: MessageEntry | NoteEntry): Promise<void> {
    if (entry.type === 'message') return this.#ask(entry, { kind: 'delete' });
    await call('notes.delete', { params: { id: entry.ticketId, entryId: entry.id } });
  }
  /** On, or off where it is there. */
  async react(entry: MessageEntry, emoji: string): Promise<void> {
    const { reactions } = this.shown(entry);
    const added = !isOurReaction({ ...entry, ...(reactions ? { reactions } : { reactions: [] }) }, emoji);
    const { id, name } = session.me;
    const by = { kind: 'agent' as const, id, name };
    const amendment = { id: crypto.randomUUID(), by, at: new Date().toISOString(), state: 'pending' as const };
    this.#asked = [
      ...this.#asked.slice(-MOST_ASKED),
      { entry, amendment: { ...amendment, kind: 'react', emoji, added } },
    ];
    const isAsked = await attempt(() => this.#ask(entry, { kind: 'react', emoji, added }, amendment.id));
    if (!isAsked) this.#asked = this.#asked.filter((one) => one.amendment.id !== amendment.id);
  }
  async again({ id, ticketId }: MessageEntry, amendmentId: string): Promise<void> {
    await attempt(() => call('messages.retryAmendment', { params: { id: ticketId, entryId: id, amendmentId } }));
  }
  async leave({ id, ticketId }: MessageEntry, amendmentId: string): Promise<void> {
    await attempt(() => call('messages.dropAmendment', { params: { id: ticketId, entryId: id, amendmentId } }));
  }

  async #ask({ id: entryId, ticketId: id }: MessageEntry, change: WantedChange, clientId = crypto.randomUUID()) {
    await call('messages.amend', { params: { id, entryId }, body: { clientId, change } });
  }
}

const textOf = (parts: readonly ContentPart[]): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

/** Html where it was written as such. */
function wordsToEdit(entry: MessageEntry | NoteEntry): string {
  if (entry.type === 'note') return entry.text;
  const html = entry.parts.find((part) => part.type === 'html');
  return html?.type === 'html' ? html.html : textOf(entry.parts);
}

export const amending = new Amending();
