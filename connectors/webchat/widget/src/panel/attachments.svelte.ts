import type { ContentPart } from '@switchboard/contract';
import { browserId } from '../core/ids.ts';
import type { Centre } from './centre.svelte.ts';
import { upload } from './upload.ts';
import type { Uploaded, UploadProblem } from './upload.ts';
import type { Visitor } from './visitor.svelte.ts';

const maxFiles = 10;
const problemTexts = { 'too-large': 'tooLarge', 'wrong-type': 'wrongType', connection: 'uploadFailed' } as const;

export interface Attachment {
  readonly id: string;
  readonly file: File;
  readonly share: number;
  readonly uploaded: Uploaded | null;
  readonly problem: string | null;
  /** Trying again may help. */
  readonly retryable: boolean;
  readonly abort: AbortController;
}

interface Target {
  readonly base: string;
  readonly account: string;
  readonly visitor: Visitor;
  readonly centre: Centre;
}

/** The files beside the message that is being written. Each goes up at once, so that sending is instant. */
export class Attachments {
  readonly #target: Target;
  /** What this page sent, so that a picture shows before the hub has given it an address. */
  readonly #own: { readonly mediaId: string; readonly file: File }[] = [];
  #list = $state.raw<readonly Attachment[]>([]);
  #notice = $state('');

  constructor(target: Target) {
    this.#target = target;
  }

  get list() {
    return this.#list;
  }
  get notice() {
    return this.#notice;
  }
  get busy() {
    return this.#list.some(({ uploaded }) => uploaded === null);
  }

  fileOf(mediaId: string | undefined): File | undefined {
    return this.#own.find((one) => one.mediaId === mediaId)?.file;
  }

  add(files: Iterable<File>): void {
    const refusals: string[] = [];
    for (const file of files) {
      const refusal = this.#refusal(file);
      if (refusal) refusals.push(refusal);
      else this.#start(file);
    }
    this.#notice = refusals.filter((text, index) => refusals.indexOf(text) === index).join(' ');
  }

  retry(id: string): void {
    const attachment = this.#list.find((one) => one.id === id);
    if (!attachment) return;
    this.#change(id, { problem: null, share: 0 });
    void this.#upload(id, attachment.file, attachment.abort.signal);
  }

  remove(id: string): void {
    this.#list.find((one) => one.id === id)?.abort.abort();
    this.#list = this.#list.filter((one) => one.id !== id);
    this.#notice = '';
  }

  /** The parts of the message; the tray is empty after it. */
  take(): ContentPart[] {
    const parts = this.#list.flatMap(({ uploaded, file }): ContentPart[] => {
      if (!uploaded) return [];
      const { mediaId, fileName, mimeType, bytes } = uploaded;
      this.#own.push({ mediaId, file });
      return [{ type: 'media', media: { source: `media:${mediaId}`, mediaId, fileName, mimeType, bytes } }];
    });
    this.clear();
    return parts;
  }

  clear(): void {
    for (const { id } of this.#list) this.remove(id);
  }

  #refusal(file: File): string | null {
    const { maxBytes, mimeTypes } = this.#target.centre.appearance.uploads;
    if (this.#list.length >= maxFiles) return this.#target.centre.texts('tooMany', { count: maxFiles });
    if (file.size > maxBytes) return this.#problem('too-large', file);
    // Without a type the hub looks for itself.
    return file.type && !mimeTypes.includes(file.type) ? this.#problem('wrong-type', file) : null;
  }

  #problem(problem: UploadProblem, { name }: File): string {
    const { texts, appearance } = this.#target.centre;
    const size = Math.floor(appearance.uploads.maxBytes / 1024 / 1024);
    return texts(problemTexts[problem], { name, size });
  }

  #start(file: File): void {
    const id = browserId();
    const abort = new AbortController();
    this.#list = [...this.#list, { id, file, share: 0, uploaded: null, problem: null, retryable: false, abort }];
    void this.#upload(id, file, abort.signal);
  }

  async #upload(id: string, file: File, signal: AbortSignal): Promise<void> {
    const { base, account, visitor } = this.#target;
    const { token } = visitor;
    if (!token) return this.#change(id, { problem: this.#problem('connection', file), retryable: true });
    const progress = (share: number) => this.#change(id, { share });
    const outcome = await upload({ base, account, token, file, signal, progress });
    if (outcome.ok) this.#change(id, { uploaded: outcome.upload, share: 1 });
    else
      this.#change(id, { problem: this.#problem(outcome.problem, file), retryable: outcome.problem === 'connection' });
  }

  #change(id: string, change: Partial<Attachment>): void {
    this.#list = this.#list.map((one) => (one.id === id ? { ...one, ...change } : one));
  }
}
