import type {
  Capabilities,
  ContentPart,
  Hold,
  MediaView,
  Overtaken,
  Party,
  ReplyTarget,
  SendReply,
  TicketStatus,
} from '@switchboard/contract';
import { moments } from '../../ui/now.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import type { Conversation } from '../conversation/conversation.svelte.ts';
import { directory } from '../directory.svelte.ts';
import { firstTarget, partsOf, withoutSignature, withSignature } from './compose.ts';
import { type Draft, Drafts, emptyDraft, htmlToText, isEmptyHtml, isSame, type Mode, textToHtml } from './drafts.ts';
import type { OutboxItem } from './outbox.ts';
import { sending } from './outbox.svelte.ts';
import { Uploads } from './uploads.svelte.ts';

const KEEP_MS = 200;
const TYPING_EVERY_MS = 3_000;

type Later = Omit<Extract<Hold, { kind: 'later' }>, 'kind'>;

/** What is being written on one ticket, and over what. */
export class Composer {
  readonly uploads = new Uploads((media) => this.#attach(media));
  readonly #conversation: Conversation;
  readonly #drafts = new Drafts(session.me.id, localStorage);
  #draft = $state.raw<Draft>(emptyDraft);
  /** What came in between, where a reply was held back because of it; null: nothing, or the agent has dealt with it. */
  #overtaken = $state.raw<Overtaken | null>(null);
  /** Until where the conversation was shown beside the reply. */
  #shownSeq = 0;
  /** As it is on this device: what is not the same here is still to be kept. */
  #kept: Draft;
  #touched = false;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #typingToldAt = 0;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
    this.#draft = this.#kept = this.#drafts.read(conversation.id);
  }

  get mode(): Mode {
    return this.#draft.mode;
  }
  get target(): ReplyTarget | null {
    return firstTarget(this.#conversation.targets, this.#draft.threadId);
  }
  /** null: not known yet, or nothing to reply over. */
  get capabilities(): Capabilities | null {
    return this.target && directory.capabilitiesOf(this.target.channelAccountId);
  }
  get rich(): boolean {
    return this.capabilities?.content.text.html ?? this.#draft.rich;
  }
  /** As the channel takes it: html or plain words. */
  get reply(): string {
    const { reply, rich } = this.#draft;
    if (rich === this.rich) return reply;
    return this.rich ? textToHtml(reply) : htmlToText(reply);
  }
  get words(): string {
    return this.rich ? htmlToText(this.reply) : this.reply;
  }
  get note(): string {
    return this.#draft.note;
  }
  get files(): readonly MediaView[] {
    return this.#draft.files;
  }
  get subject(): string {
    return this.#draft.subject ?? this.target?.subject ?? '';
  }
  get cc(): readonly Party[] {
    return this.#draft.cc ?? this.target?.cc ?? [];
  }
  get overtaken(): Overtaken | null {
    return this.#overtaken;
  }
  /** How long the reply can be undone, in seconds. */
  get undoSeconds(): number {
    const { undoSeconds, undoSecondsLive } = session.me.preferences;
    return this.capabilities?.conversation.live ? undoSecondsLive : (undoSeconds ?? directory.undoSeconds);
  }
  /** Letters end with the agent's signature: where a channel has subjects, it carries letters. */
  get signature(): string {
    return this.capabilities?.conversation.subject ? session.me.preferences.signature.trim() : '';
  }
  get tooLongBy(): number {
    const most = this.capabilities?.content.text.maxLength;
    return most === undefined ? 0 : Math.max(0, this.words.length - most);
  }
  /** The reply window is closed, and the provider still carries its approved templates. */
  get templatesOnly(): boolean {
    const { closesAt } = this.target ?? {};
    return this.capabilities?.content.templates === true && !!closesAt && Date.parse(closesAt) <= moments.ms;
  }
  get canSend(): boolean {
    if (this.mode === 'note') return this.note.trim() !== '';
    if (this.templatesOnly) return false;
    if (!this.target || this.target.blocked || !this.capabilities || this.uploads.busy || this.tooLongBy) return false;
    return this.files.length > 0 || (this.rich ? !isEmptyHtml(this.reply) : this.reply.trim() !== '');
  }

  setMode(mode: Mode): void {
    this.#change({ mode });
  }
  setReply(reply: string): void {
    this.#change({ reply, rich: this.rich });
    this.#tellTyping();
  }
  setNote(note: string): void {
    this.#change({ note });
  }
  setTarget(threadId: string): void {
    this.#change({ threadId, subject: null, cc: null });
  }
  setSubject(subject: string): void {
    this.#change({ subject });
  }
  setCc(cc: readonly Party[]): void {
    this.#change({ cc });
  }
  removeFile(mediaId: string): void {
    this.#change({ files: this.files.filter((file) => file.mediaId !== mediaId) });
  }
  addFiles(files: readonly File[]): void {
    if (files.length === 0 || this.mode === 'note') return;
    this.uploads.add(files, this.files.length, this.capabilities?.content.media ?? null);
  }

  /** The agent has read what came in between, and goes on writing. */
  goOn(): void {
    this.#overtaken = null;
  }

  /** Shown at once; the outbox sees to it that it arrives. */
  send({ thenStatus, later }: { thenStatus?: TicketStatus; later?: Later } = {}): void {
    if (!this.canSend) return;
    const clientId = crypto.randomUUID();
    const item = { clientId, ticketId: this.#conversation.id, at: new Date().toISOString(), author: session.me.name };
    if (this.mode === 'note') {
      sending.outbox.add({ ...item, content: { kind: 'note', text: this.note.trim() } });
      this.#change({ note: '', mode: 'reply' });
    } else {
      const seconds = this.undoSeconds;
      const hold: Hold | undefined = later
        ? { kind: 'later', ...later }
        : seconds > 0
          ? { kind: 'undo', seconds }
          : undefined;
      const content = { kind: 'reply' as const, body: this.#body(clientId, thenStatus), ...(hold && { hold }) };
      sending.outbox.add({ ...item, content });
      this.#change({ reply: '', files: [], subject: null, cc: null });
      this.#overtaken = null;
      this.#stopTyping();
    }
    this.#keep();
  }

  get template(): Draft['template'] {
    return this.#draft.template;
  }
  setTemplate(template: Draft['template']): void {
    this.#change({ template });
  }
  /** An approved message in place of words of one's own. What was typed stays, for when the customer answers. */
  sendTemplate(part: Extract<ContentPart, { type: 'template' }>): void {
    if (!this.target) return;
    const clientId = crypto.randomUUID();
    const item = { clientId, ticketId: this.#conversation.id, at: new Date().toISOString(), author: session.me.name };
    const body = { ...this.#body(clientId, undefined), parts: [part] };
    sending.outbox.add({ ...item, content: { kind: 'reply', body } });
    this.setTemplate(null);
    this.#overtaken = null;
  }

  /** What could not be sent comes back to be edited, before anything that was written since. */
  takeBack({ content, overtaken }: Pick<OutboxItem, 'content' | 'overtaken'>): void {
    if (content.kind === 'note') {
      return this.#change({ mode: 'note', note: [content.text, this.note].filter(Boolean).join('\n\n') });
    }
    if (overtaken) {
      this.#overtaken = overtaken;
      this.#shownSeq = overtaken.seq;
    }
    this.restore(content.body);
  }

  /** A reply's words and files are the draft again, kept on this device before this returns. */
  restore(body: Pick<SendReply, 'parts' | 'threadId' | 'subject' | 'cc'>): void {
    const html = body.parts.find((part) => part.type === 'html')?.html;
    const text = body.parts.find((part) => part.type === 'text')?.text ?? '';
    const back = withoutSignature(this.rich ? (html ?? textToHtml(text)) : text, this.rich, this.signature);
    const files = body.parts.flatMap((part) => (part.type === 'media' ? [mediaOf(part.media)] : []));
    const reply = this.words.trim() === '' ? back : `${back}${this.rich ? '' : '\n\n'}${this.reply}`;
    const { threadId, subject, cc } = body;
    const fields = {
      ...(subject !== undefined && { subject }),
      ...(cc && { cc: cc.map((party) => ({ handles: [], ...party })) }),
    };
    this.#change({ mode: 'reply', reply, rich: this.rich, threadId, files: [...files, ...this.files], ...fields });
    this.#keep();
  }

  stop(): void {
    this.uploads.stop();
    this.#stopTyping();
    this.#keep();
  }

  #body(clientId: string, thenStatus: TicketStatus | undefined) {
    const { target, capabilities } = this;
    if (!target) throw new Error('Nothing to reply over');
    const asks = capabilities?.conversation;
    return {
      clientId,
      threadId: target.threadId,
      parts: partsOf(this.#signed(), this.rich, this.files),
      ...(asks?.subject && this.subject ? { subject: this.subject } : {}),
      ...(asks?.cc && this.cc.length > 0 ? { cc: [...this.cc] } : {}),
      seenSeq: Math.max(this.#conversation.readSeq, this.#shownSeq),
      ...(thenStatus ? { thenStatus } : {}),
    };
  }
  /** Files alone need no signature. */
  #signed(): string {
    return this.words.trim() === '' ? '' : withSignature(this.reply, this.rich, this.signature);
  }
  #attach(media: MediaView): void {
    this.#change({ files: [...this.files, media] });
  }
  #change(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#touched = true;
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#keep(), KEEP_MS);
  }
  #keep(): void {
    clearTimeout(this.#keepTimer);
    // Nothing new here: another tab may have written since.
    if (this.#draft === this.#kept) return;
    this.#drafts.write(this.#conversation.id, this.#draft);
    this.#kept = this.#draft;
  }
  /** The agent came to it: what is in it was typed elsewhere, or before. */
  entered(): void {
    this.#touched = false;
  }
  /** Of a change of the storage. */
  heard(key: string | null, focused: boolean): void {
    if (this.#drafts.isOf(this.#conversation.id, key)) this.follow(focused);
  }
  /** What another tab may have written of it. Never over what is being typed here; that is kept soon, and heard there. */
  follow(focused: boolean): void {
    if (this.#draft !== this.#kept || (focused && this.#touched)) return;
    const kept = this.#drafts.read(this.#conversation.id);
    if (!isSame(kept, this.#draft)) this.#draft = this.#kept = kept;
  }
  keepNow(): void {
    this.#keep();
  }

  #tellTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TYPING_EVERY_MS * 1.5);
    if (Date.now() - this.#typingToldAt < TYPING_EVERY_MS) return;
    this.#typingToldAt = Date.now();
    live.typing(this.#conversation.id, true);
  }
  #stopTyping(): void {
    clearTimeout(this.#typingTimer);
    if (this.#typingToldAt === 0) return;
    this.#typingToldAt = 0;
    live.typing(this.#conversation.id, false);
  }
}

const mediaOf = (media: { mediaId?: string; fileName?: string; mimeType?: string; bytes?: number }): MediaView => ({
  mediaId: media.mediaId ?? '',
  fileName: media.fileName ?? '',
  mimeType: media.mimeType ?? 'application/octet-stream',
  bytes: media.bytes ?? 0,
});
