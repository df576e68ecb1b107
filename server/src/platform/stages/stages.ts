/** `id` is that of what has got so far. */
export type StageListener<Stage extends string = string> = (stage: Stage, id: string) => void;

/** Tells whoever composed the process how far work has come. Called in the flow: a listener is quick and does not throw. */
export class Stages<Stage extends string = string> {
  readonly #listeners = new Set<StageListener<Stage>>();

  passed(stage: Stage, id: string): void {
    for (const listener of this.#listeners) listener(stage, id);
  }

  /** Until the returned function is called. */
  on(listener: StageListener<Stage>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
