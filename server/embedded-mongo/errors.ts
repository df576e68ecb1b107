import type { Doc } from './values/types.ts';

/** An error that the client gets as an answer; code and name are MongoDB's, so that drivers treat it alike. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly duplicate?: { keyPattern: Doc; keyValue: Doc },
  ) {
    super(message);
  }
}

/** A failed write to LMDB. Cached metadata may now be ahead of the disk, so nobody may catch and answer it. */
export class StorageError extends Error {}

/** What the hub does not need is refused by name, never half done. */
export const unsupported = (what: string) =>
  new CommandError(115, 'CommandNotSupported', `${what} is not supported by the embedded database, only by MongoDB`);

export const badValue = (message: string) => new CommandError(2, 'BadValue', message);
export const typeMismatch = (message: string) => new CommandError(14, 'TypeMismatch', message);
export const failedToParse = (message: string) => new CommandError(9, 'FailedToParse', message);
