import type { Capabilities, MediaView } from '@switchboard/contract';
import { upload } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { formatBytes, t } from '../../text/index.ts';
import { fileProblem } from './compose.ts';

type Limits = Capabilities['content']['media'];
export interface Upload {
  readonly key: number;
  readonly file: File;
  /** 0 to 1. */
  readonly share: number;
  readonly problem: string | null;
  /** The way failed, not the file. */
  readonly canRetry: boolean;
}

/** Files on their way to the hub; what has arrived is handed on. */
export class Uploads {
  #all = $state.raw<readonly Upload[]>([]);
  readonly #running = new Map<number, AbortController>();
  readonly #arrived: (media: MediaView) => void;
  #next = 1;

  constructor(arrived: (media: MediaView) => void) {
    this.#arrived = arrived;
  }
  get all(): readonly Upload[] {
    return this.#all;
  }
  get busy(): boolean {
    return this.#all.some((each) => each.problem === null);
  }

  /** `held`: how many files the message has already. */
  add(files: readonly File[], held: number, limits: Limits): void {
    for (const file of files) {
      const count = held + this.#all.filter((each) => each.problem === null).length;
      const problem = fileProblem(file, count, limits);
      const key = this.#next++;
      const words = problem && reason(problem, file, limits);
      this.#all = [...this.#all, { key, file, share: 0, problem: words, canRetry: false }];
      if (!problem) void this.#upload(key, file);
    }
  }

  retry(key: number): void {
    const found = this.#all.find((each) => each.key === key);
    if (!found) return;
    this.#change(key, { problem: null, share: 0, canRetry: false });
    void this.#upload(key, found.file);
  }
  remove(key: number): void {
    this.#running.get(key)?.abort();
    this.#all = this.#all.filter((each) => each.key !== key);
  }
  stop(): void {
    for (const running of this.#running.values()) running.abort();
    this.#all = [];
  }

  async #upload(key: number, file: File): Promise<void> {
    const control = new AbortController();
    this.#running.set(key, control);
    try {
      const media = await upload(file, (share) => this.#change(key, { share }), control.signal);
      this.remove(key);
      this.#arrived(media);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'cancelled') return;
      const problem = t('composer.file.failed', { name: file.name, reason: error.message });
      this.#change(key, { problem, canRetry: error.passing });
    } finally {
      this.#running.delete(key);
    }
  }
  #change(key: number, change: Partial<Upload>): void {
    this.#all = this.#all.map((each) => (each.key === key ? { ...each, ...change } : each));
  }
}

function reason(problem: NonNullable<ReturnType<typeof fileProblem>>, file: File, limits: Limits): string {
  if (problem === 'none-allowed') return t('composer.file.none-allowed');
  if (problem === 'too-many') return t('composer.file.too-many', { count: limits?.maxCount ?? 0 });
  if (problem === 'too-large') {
    return t('composer.file.too-large', { name: file.name, most: formatBytes(limits?.maxBytes ?? 0) });
  }
  return t(`composer.file.${problem}`, { name: file.name });
}
