import { ConnectorError, type NormalisedEvent } from '@switchboard/contract';
import { parseMail, type ParseInput } from './parse-mail.ts';
import { ParseThread } from './parse-thread.ts';

/** Below it a mail is read in a few milliseconds; above, it would hold everybody's events. */
const bigMail = 256 * 1024;
/** Of 25 MB it takes a second or two. So long the big mails behind it wait, and no longer. */
const patienceMs = 20_000;

// Node runs no TypeScript: from the sources (tests) every mail is read on this thread.
const workerUrl = import.meta.url.endsWith('.ts') ? null : new URL('./parse-worker.js', import.meta.url);

const thread = workerUrl ? new ParseThread(workerUrl, patienceMs) : null;

const unreadable = (error: unknown): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new ConnectorError(
        'rejected',
        `The mail cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );

export const parseAnyMail = async (input: ParseInput): Promise<NormalisedEvent[]> => {
  try {
    return thread && input.raw.byteLength > bigMail ? await thread.parse(input) : await parseMail(input);
  } catch (error) {
    throw unreadable(error);
  }
};
