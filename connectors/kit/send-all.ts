import { ConnectorError } from '@switchboard/contract';

/** One after the other; gives the first one's id. Sent again as a whole, what went out would go out twice. */
export const sendAll = async <T>(contents: readonly T[], send: (content: T) => Promise<string>): Promise<string> => {
  let first: string | undefined;
  for (const content of contents) {
    const id = await send(content).catch((error: unknown) => {
      if (first === undefined || !(error instanceof ConnectorError)) throw error;
      throw new ConnectorError('unknown', `Only a part of it was sent. ${error.message}.`, { cause: error });
    });
    first ??= id;
  }
  if (first === undefined) throw new ConnectorError('unsupported', 'There is nothing in it that the channel can carry');
  return first;
};
