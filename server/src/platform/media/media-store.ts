import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose, { type Connection } from 'mongoose';

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
  const bucket = new mongoose.mongo.GridFSBucket(connection.getClient().db(connection.name), { bucketName: name });
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
      try {
        await pipeline(content, upload);
      } catch (error) {
        // What was written of it belongs to no file.
        await upload.abort();
        throw error;
      }
      return { mediaId, fileName, ...metadata, bytes: upload.length };
    },
    open: (mediaId, range) => bucket.openDownloadStream(mediaId as unknown as AnyId, range),
    remove: (mediaId) => bucket.delete(mediaId as unknown as AnyId),
  };
}
