import type { Model } from 'mongoose';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import type { Thread } from '../thread.schema.ts';

interface Collections {
  readonly threads: Model<Thread>;
  readonly entries: Model<StoredEntry>;
}

/**
 * Where a person is one thread to the provider (a phone number, a visitor), a split leaves several of ours. What they say next names
 * none of them: it goes on with the one in which something was said last, by whichever side. Right after a split that is the
 * part that was split off; once an agent has answered in the old one, it is that.
 */
export async function threadInUse({ threads, entries }: Collections, root: Thread): Promise<Thread> {
  if (!root.parted) return root;
  const family = [root, ...(await splitFrom(threads, root._id))];
  const last = await Promise.all(
    family.map(({ _id }) =>
      entries
        .findOne({ threadId: _id, type: 'message', movedTo: null }, { _id: 1 })
        .sort({ _id: -1 })
        .lean<Pick<StoredMessage, '_id'>>(),
    ),
  );
  const newest = last.map((message) => message?._id ?? '').reduce((a, b) => (a > b ? a : b), '');
  return family[last.findIndex((message) => message?._id === newest)] ?? root;
}

export const splitFrom = (threads: Model<Thread>, rootId: string): Promise<Thread[]> =>
  threads.find({ 'root.id': rootId }).lean<Thread[]>().exec();
