import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import mongoose, { type Connection } from 'mongoose';
import { isDuplicate } from '../database/collection.ts';

export interface MediaInfo {
  readonly mediaId: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: number;
  /** The agent who handed it in; none for what came from a customer. */
  readonly uploadedBy?: string;
}

type NewFile = Pick<MediaInfo, 'fileName' | 'mimeType' | 'uploadedBy'>;

/** Files, in GridFS beside everything else: one backup, and every process sees them. */
export interface MediaStore {
  /** Resolves when the whole file is kept. Same id again: the first one stays. */
  put(mediaId: string, file: NewFile, content: Readable): Promise<MediaInfo>;
  info(mediaId: string): Promise<MediaInfo | null>;
  /** `end` is the first byte that is left out. */
  open(mediaId: string, range?: { start: number; end: number }): Readable;
  remove(mediaId: string): Promise<void>;
}

interface StoredFile {
  _id: unknown;
  length: number;
  filename: string;
  metadata?: { mimeType?: string; uploadedBy?: string };
}

export function openMediaStore(connection: Connection, name: string): MediaStore {
  // GridFS types its ids as ObjectId, but any value serves; ours are the hub's own ids.
  type AnyId = mongoose.mongo.ObjectId;
  const database = connection.getClient().db(connection.name);
  const bucket = new mongoose.mongo.GridFSBucket(database, { bucketName: name });
  const chunks = database.collection(`${name}.chunks`);
  const find = async (mediaId: string): Promise<MediaInfo | null> => {
    const file = (await bucket
      .find({ _id: mediaId as unknown as AnyId })
      .limit(1)
      .next()) as unknown as StoredFile | null;
    if (file === null) return null;
    return {
      mediaId,
      fileName: file.filename,
      mimeType: file.metadata?.mimeType ?? 'application/octet-stream',
      bytes: file.length,
      ...(file.metadata?.uploadedBy !== undefined && { uploadedBy: file.metadata.uploadedBy }),
    };
  };
  return {
    info: find,
    async put(mediaId, { fileName, ...metadata }, content) {
      const known = await find(mediaId);
      if (known !== null) {
        content.resume();
        return known;
      }
      const upload = bucket.openUploadStreamWithId(mediaId as unknown as AnyId, fileName, { metadata });
      // The write that fails tells it too.
      upload.on('error', () => undefined);
      const write = promisify((bytes: Buffer, done: (error?: Error | null) => void) => upload.write(bytes, done));
      try {
        // Not by pipeline(): where the content breaks off it leaves a write under way, which nothing would take back.
        for await (const bytes of content as AsyncIterable<Buffer>) await write(bytes);
        await promisify((done: (error?: Error | null) => void) => upload.end(done))();
      } catch (error) {
        // What was written of it belongs to no file; what another wrote under the same id does.
        if (!isDuplicate(error)) await chunks.deleteMany({ files_id: mediaId });
        throw error;
      }
      return { mediaId, fileName, ...metadata, bytes: upload.length };
    },
    open: (mediaId, range) => bucket.openDownloadStream(mediaId as unknown as AnyId, range),
    remove: (mediaId) => bucket.delete(mediaId as unknown as AnyId),
  };
}
