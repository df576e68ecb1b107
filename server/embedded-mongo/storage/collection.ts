import { decode, uint32 } from '../bson.ts';
import { CommandError } from '../errors.ts';
import { successor } from '../planner/bounds.ts';
import type { Plan } from '../planner/plan.ts';
import { type PlanRequest, planQuery } from '../planner/plan-query.ts';
import { encodeId } from '../values/key-encoding.ts';
import type { Doc } from '../values/types.ts';
import { duplicateKey } from './duplicate-key.ts';
import { clearRange, type KeyValue } from './key-value.ts';
import { Scan, type ScanSource } from './scan.ts';
import { type IndexEntry, type IndexSpec, SecondaryIndex } from './secondary-index.ts';

export const MAX_DOCUMENT_BYTES = 16 * 2 ** 20;

/** What is kept of a collection beside its documents and index entries. */
export interface CollectionMeta {
  db: string;
  name: string;
  /** The first bytes of its documents' keys. */
  number: number;
  count: number;
  indexes: IndexSpec[];
}

const latin1 = (key: Buffer) => key.toString('latin1');

/** The documents of a collection, by _id, and the entries of its indexes. Writes run inside a transaction. */
export class Collection {
  readonly namespace: string;
  readonly prefix: Buffer;
  readonly end: Buffer;
  indexes: SecondaryIndex[];
  readonly #source: ScanSource;

  constructor(
    private readonly keyValue: KeyValue,
    readonly meta: CollectionMeta,
    private readonly onMetaChange: (collection: Collection) => void,
  ) {
    this.namespace = `${meta.db}.${meta.name}`;
    this.prefix = uint32(meta.number);
    this.end = successor(this.prefix);
    this.indexes = meta.indexes.map((spec) => this.#openIndex(spec));
    this.#source = {
      documents: keyValue.documents,
      entries: keyValue.entries,
      documentKey: (id) => this.#documentKey(id),
      idOf: (key) => key.subarray(this.prefix.length),
    };
  }

  #openIndex(spec: IndexSpec): SecondaryIndex {
    return new SecondaryIndex(spec, () => this.onMetaChange(this));
  }

  #documentKey(id: Buffer): Buffer {
    return Buffer.concat([this.prefix, id]);
  }

  plan(request: PlanRequest): Plan {
    return planQuery(this, request);
  }

  scan(filter: Doc, plan: Plan): Scan {
    return new Scan(this.#source, filter, plan);
  }

  /** The number of matches where the plan tells it without reading documents; else null. */
  countByKeys(plan: Plan): number | null {
    if (!plan.exact) return null;
    if (plan.kind === 'scan' && !plan.bounded) return this.meta.count;
    if (plan.kind !== 'index' || plan.multikey) return null;
    return plan.ranges.reduce((sum, range) => sum + this.keyValue.entries.count(range), 0);
  }

  insert(doc: Doc, raw: Buffer): void {
    const { documents, entries } = this.keyValue;
    const id = encodeId(doc._id);
    const key = this.#documentKey(id);
    if (documents.has(key)) throw duplicateKey(this.namespace, { name: '_id_', key: { _id: 1 } }, [doc._id]);
    const added = this.indexes.flatMap((index) => this.#withoutDuplicates(index, index.entriesOf(doc, id)));
    documents.put(key, raw);
    for (const entry of added) entries.put(entry.key, id);
    this.meta.count++;
    this.onMetaChange(this);
  }

  #withoutDuplicates(index: SecondaryIndex, added: IndexEntry[]): IndexEntry[] {
    const taken = index.spec.unique && added.find(({ key }) => this.keyValue.entries.has(key));
    if (taken) throw duplicateKey(this.namespace, index.spec, taken.row);
    return added;
  }

  /** Every check comes before the first write, so that a refused update leaves nothing behind. */
  replace(id: Buffer, before: Doc, after: Doc, raw: Buffer): void {
    if (raw.length > MAX_DOCUMENT_BYTES) throw tooLarge(raw.length);
    const { documents, entries } = this.keyValue;
    const removed: IndexEntry[] = [];
    const added: IndexEntry[] = [];
    for (const index of this.indexes) {
      const [old, next] = [index.entriesOf(before, id), index.entriesOf(after, id)];
      if (old.length === 1 && next.length === 1 && old[0]!.key.equals(next[0]!.key)) continue;
      const [oldKeys, nextKeys] = [old, next].map((list) => new Set(list.map(({ key }) => latin1(key)))) as [
        Set<string>,
        Set<string>,
      ];
      removed.push(...old.filter(({ key }) => !nextKeys.has(latin1(key))));
      added.push(
        ...this.#withoutDuplicates(
          index,
          next.filter(({ key }) => !oldKeys.has(latin1(key))),
        ),
      );
    }
    for (const { key } of removed) entries.remove(key);
    for (const { key } of added) entries.put(key, id);
    documents.put(this.#documentKey(id), raw);
  }

  remove(id: Buffer, doc: Doc): void {
    for (const index of this.indexes) {
      for (const { key } of index.entriesOf(doc, id)) this.keyValue.entries.remove(key);
    }
    this.keyValue.documents.remove(this.#documentKey(id));
    this.meta.count--;
    this.onMetaChange(this);
  }

  /** Fills the new index from the documents; a duplicate under a unique index undoes it. */
  addIndex(spec: IndexSpec): void {
    const index = this.#openIndex(spec);
    try {
      for (const { key, value } of this.keyValue.documents.range({ start: this.prefix, end: this.end })) {
        const id = Buffer.from(this.#source.idOf(key));
        const added = this.#withoutDuplicates(index, index.entriesOf(decode(value), id));
        for (const entry of added) this.keyValue.entries.put(entry.key, id);
      }
    } catch (error) {
      this.#wipeEntries(index);
      throw error;
    }
    this.indexes.push(index);
    this.meta.indexes.push(spec);
    this.onMetaChange(this);
  }

  dropIndex(index: SecondaryIndex): void {
    this.#wipeEntries(index);
    this.indexes = this.indexes.filter((other) => other !== index);
    this.meta.indexes = this.meta.indexes.filter((spec) => spec !== index.spec);
    this.onMetaChange(this);
  }

  wipe(): void {
    for (const index of this.indexes) this.#wipeEntries(index);
    clearRange(this.keyValue.documents, { start: this.prefix, end: this.end });
  }

  #wipeEntries({ prefix }: SecondaryIndex): void {
    clearRange(this.keyValue.entries, { start: prefix, end: successor(prefix) });
  }
}

export const tooLarge = (bytes: number) =>
  new CommandError(10334, 'BSONObjectTooLarge', `BSONObj size: ${bytes} is invalid. Size must be between 0 and 16MB`);
