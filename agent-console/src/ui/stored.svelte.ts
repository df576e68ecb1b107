/** A value that this browser remembers. Storage may be full or forbidden: then it lives as long as the page. */
export class Stored<T> {
  #value = $state.raw() as T;
  readonly #key: string;

  constructor(name: string, initial: T, isValid: (value: unknown) => value is T) {
    this.#key = `switchboard.${name}`;
    this.#value = read(this.#key, initial, isValid);
  }
  get value(): T {
    return this.#value;
  }
  set value(next: T) {
    this.#value = next;
    try {
      localStorage.setItem(this.#key, JSON.stringify(next));
    } catch {
      // Remembered for this page alone.
    }
  }
}

function read<T>(key: string, initial: T, isValid: (value: unknown) => value is T): T {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValid(kept) ? kept : initial;
  } catch {
    return initial;
  }
}

export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
