import type { VisitorAppearance } from '@switchboard/contract';

export interface Contact {
  readonly name?: string;
  readonly email?: string;
}

/** What this browser knows of its visitor, per account. */
export interface Remembered {
  readonly token?: string;
  /** Who the token was given to, where the page said so: another person on this browser starts afresh. */
  readonly userId?: string;
  readonly contact?: Contact;
  /** There is a conversation: it is watched for answers before the chat is opened. */
  readonly talked?: boolean;
  readonly draft?: string;
  readonly sound?: boolean;
  /** How button and panel looked last, so that they are right at once. */
  readonly launcher?: LauncherLook;
  readonly appearance?: VisitorAppearance;
}

export interface LauncherLook {
  readonly position: VisitorAppearance['position'];
  readonly accent: string;
  readonly onAccent: string;
  /** The account's own, by key. */
  readonly texts: Readonly<Record<string, string>>;
}

export type KeyValues = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { keys(): string[] };

/** For browsers that keep nothing (blocked storage, private windows): lasts as long as the page. */
export const memoryStorage = (): KeyValues => {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
};

/** Where storage is full or forbidden, what was written still holds for this page. */
export const browserStorage = (open: () => Storage): KeyValues => {
  const spare = memoryStorage();
  try {
    const storage = open();
    storage.removeItem('switchboard:probe');
    return {
      getItem: (key) => spare.getItem(key) ?? storage.getItem(key),
      setItem: (key, value) => {
        try {
          storage.setItem(key, value);
          spare.removeItem(key);
        } catch {
          spare.setItem(key, value);
        }
      },
      removeItem: (key) => {
        spare.removeItem(key);
        storage.removeItem(key);
      },
      keys: () => [...new Set([...spare.keys(), ...Object.keys(storage)])],
    };
  } catch {
    return spare;
  }
};

const parse = <T>(text: string | null): T | null => {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

export class Store {
  readonly #values: KeyValues;
  readonly #key: string;

  constructor(values: KeyValues, account: string) {
    this.#values = values;
    this.#key = `switchboard:${account}`;
  }

  /** The same in all tabs of a website. */
  get name(): string {
    return this.#key;
  }

  read(): Remembered {
    return parse<Remembered>(this.#values.getItem(this.#key)) ?? {};
  }

  write(change: Partial<Remembered>): void {
    this.#values.setItem(this.#key, JSON.stringify({ ...this.read(), ...change }));
  }

  /** One key each: two tabs never overwrite each other's. */
  list<T>(kind: string): T[] {
    const prefix = `${this.#key}:${kind}:`;
    const found = this.#values.keys().filter((key) => key.startsWith(prefix));
    return found.flatMap((key) => parse<T>(this.#values.getItem(key)) ?? []);
  }

  put(kind: string, id: string, value: unknown): void {
    this.#values.setItem(`${this.#key}:${kind}:${id}`, JSON.stringify(value));
  }

  drop(kind: string, id: string): void {
    this.#values.removeItem(`${this.#key}:${kind}:${id}`);
  }

  forget(): void {
    for (const key of this.#values.keys()) {
      if (key === this.#key || key.startsWith(`${this.#key}:`)) this.#values.removeItem(key);
    }
  }
}
