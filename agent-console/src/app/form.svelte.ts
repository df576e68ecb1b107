import { ApiProblem } from '../api/problem.ts';

/** Sending a form: one attempt at a time, what the server says about a field is shown at that field. */
export class Form {
  #busy = $state(false);
  #problem = $state.raw<ApiProblem | null>(null);
  /** Fields that asked for their message: the rest is told above the form. */
  readonly #shown: Record<string, true> = {};
  readonly #shownWithin: Record<string, true> = {};

  get busy(): boolean {
    return this.#busy;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  /** What is wrong with the field, to be shown there. `path` as the server names it: 'settings.host'. */
  error(path: string): string | undefined {
    this.#shown[path] = true;
    return this.#problem?.fieldMessage(path);
  }
  /** Of a field with several in it: the first that is wrong. */
  errorWithin(path: string): string | undefined {
    this.#shownWithin[path] = true;
    return this.#problem?.fields.find((field) => within(path, field.path))?.message;
  }
  /** What no field shows. */
  get general(): string | null {
    const problem = this.#problem;
    if (!problem) return null;
    const parents = Object.keys(this.#shownWithin);
    const homeless = problem.fields.filter(
      ({ path }) => !this.#shown[path] && !parents.some((parent) => within(parent, path)),
    );
    if (problem.fields.length > 0 && homeless.length === 0) return null;
    return homeless.length > 0
      ? homeless.map((field) => `${field.path}: ${field.message}`).join('\n')
      : problem.message;
  }

  /** Answers whether it succeeded. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      await work();
      this.#problem = null;
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
      return false;
    } finally {
      this.#busy = false;
    }
  }
  clear(): void {
    this.#problem = null;
  }
}

const within = (parent: string, path: string): boolean => path === parent || path.startsWith(`${parent}.`);
