import { decode, encode, uint32 } from '../bson.ts';
import { CommandError } from '../errors.ts';
import { Collection, type CollectionMeta } from './collection.ts';
import type { KeyValue } from './key-value.ts';

const SEQUENCE_KEY = Buffer.from('!seq');
const COLLECTION_KEYS = { start: Buffer.from('c/'), end: Buffer.from('c0') };
const metaKey = (namespace: string) => Buffer.from(`c/${namespace}`);

/** The collections of all databases. What is cached of them is written with the transaction that changed it. */
export class Store {
  readonly collections = new Map<string, Collection>();
  readonly #changed = new Set<Collection>();
  #nextNumber: number;

  constructor(readonly keyValue: KeyValue) {
    this.#nextNumber = keyValue.meta.get(SEQUENCE_KEY)?.readUInt32BE(0) ?? 1;
    for (const { value } of keyValue.meta.range(COLLECTION_KEYS)) {
      this.#open(decode(value) as unknown as CollectionMeta);
    }
  }

  /** Runs writes and the metadata that they change as one commit. */
  transaction(work: () => void): void {
    this.keyValue.transaction(() => {
      work();
      for (const { namespace, meta } of this.#changed) this.keyValue.meta.put(metaKey(namespace), encode(meta));
      this.#changed.clear();
    });
  }

  #open(meta: CollectionMeta): Collection {
    const collection = new Collection(this.keyValue, meta, (changed) => this.#changed.add(changed));
    this.collections.set(collection.namespace, collection);
    return collection;
  }

  /** The prefix of a new collection's documents or of an index's entries; the number after it stays free as its end. */
  readonly nextNumber = (): number => {
    const number = this.#nextNumber;
    this.#nextNumber += 2;
    this.keyValue.meta.put(SEQUENCE_KEY, uint32(this.#nextNumber));
    return number;
  };

  collection(db: string, name: string): Collection | undefined {
    return this.collections.get(`${db}.${name}`);
  }

  ensureCollection(db: string, name: string): Collection {
    const existing = this.collection(db, name);
    if (existing) return existing;
    if (!name || name.includes('\0') || name.includes('$') || name.startsWith('system.')) {
      throw new CommandError(73, 'InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
    }
    const created = this.#open({ db, name, number: this.nextNumber(), count: 0, indexes: [] });
    this.#changed.add(created);
    return created;
  }

  collectionsOf(db: string): Collection[] {
    return [...this.collections.values()].filter(({ meta }) => meta.db === db);
  }

  drop(collection: Collection): void {
    collection.wipe();
    this.collections.delete(collection.namespace);
    this.#changed.delete(collection);
    this.keyValue.meta.remove(metaKey(collection.namespace));
  }
}
